/** Parquet files as rows and back. */
@NullMarked
package io.github.beamml.io.parquet;

import org.jspecify.annotations.NullMarked;
