/** Pieces that every Beam component is built from. */
@NullMarked
package io.github.beamml.core;

import org.jspecify.annotations.NullMarked;
