/** Beam rows to batches and back, and coders. */
@NullMarked
package io.github.beamml.core.row;

import org.jspecify.annotations.NullMarked;
