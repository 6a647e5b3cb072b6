/** Real servers as processes on loopback, for the command line and the tests. */
@NullMarked
package io.github.beamml.cluster;

import org.jspecify.annotations.NullMarked;
