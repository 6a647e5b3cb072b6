/**
 * Feature plans: what to compute from a row, what of it must be fitted to training rows, and the
 * fitted features that transform rows the same way in batch, in a stream and one by one.
 */
@NullMarked
package io.github.beamml.engine.feature;

import org.jspecify.annotations.NullMarked;
