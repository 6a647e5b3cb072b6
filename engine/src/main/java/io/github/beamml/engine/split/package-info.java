/** Splits of a dataset into training, validation and test rows: pure functions of a row. */
@NullMarked
package io.github.beamml.engine.split;

import org.jspecify.annotations.NullMarked;
