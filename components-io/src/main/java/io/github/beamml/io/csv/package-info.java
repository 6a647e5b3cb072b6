/** CSV files as rows and back. */
@NullMarked
package io.github.beamml.io.csv;

import org.jspecify.annotations.NullMarked;
