/** Rows as immutable column batches, their schema, codec, hashes and fingerprint. */
@NullMarked
package io.github.beamml.engine.row;

import org.jspecify.annotations.NullMarked;
