/** Scoring rows in batch and in a stream. */
@NullMarked
package io.github.beamml.serving;

import org.jspecify.annotations.NullMarked;
