/**
 * The one expression language of labels, derived columns, filters, slices and gates: parsed once,
 * typed against a schema, computed column by column.
 */
@NullMarked
package io.github.beamml.engine.expression;

import org.jspecify.annotations.NullMarked;
