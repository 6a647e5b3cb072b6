/** Named parts of a dataset as pure functions of row key, time and salt. */
@NullMarked
package io.github.beamml.split;

import org.jspecify.annotations.NullMarked;
