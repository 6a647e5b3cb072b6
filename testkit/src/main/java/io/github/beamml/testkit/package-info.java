/** Contract kits: what every component must pass. */
@NullMarked
package io.github.beamml.testkit;

import org.jspecify.annotations.NullMarked;
