/** Columns of a small table beside rows: by equal keys, and by time. */
@NullMarked
package io.github.beamml.engine.lookup;

import org.jspecify.annotations.NullMarked;
