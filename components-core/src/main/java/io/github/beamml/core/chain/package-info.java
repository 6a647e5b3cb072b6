/** Sources, batch functions and sinks as Beam transforms. */
@NullMarked
package io.github.beamml.core.chain;

import org.jspecify.annotations.NullMarked;
