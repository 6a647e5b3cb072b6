package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;

/**
 * Arithmetic over whole columns where null gives null and a failed argument a failed row: what all
 * operators and functions do but those that decide ({@code && || ?: coalesce has}).
 */
@FunctionalInterface
interface Operation {
  /** The results, with the nulls of the call. */
  Column apply(Call call);
}
