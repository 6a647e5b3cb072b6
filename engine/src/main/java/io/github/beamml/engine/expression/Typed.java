package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression with its type.
 *
 * @param type null for the word {@code null}, which takes the type of what stands beside it
 * @param isNullable whether a value may be null
 * @param isConstant whether no column takes part
 */
record Typed(@Nullable ValueType type, boolean isNullable, boolean isConstant, Kernel kernel) {
  private static final RowBatch ONE_ROW = RowBatch.of(RowSchema.of(List.of()), List.of(), 1);

  /**
   * @param value null for a null of the type
   */
  static Typed constant(ValueType type, @Nullable Object value) {
    return new Typed(
        type, value == null, true, batch -> Values.of(Values.repeat(type, value, batch.size())));
  }

  static Typed nullLiteral() {
    return new Typed(
        null,
        true,
        true,
        batch -> {
          throw new IllegalStateException("null without a type");
        });
  }

  static Typed column(int position, Field field) {
    return new Typed(
        field.type(), field.nullable(), false, batch -> Values.of(batch.column(position)));
  }

  boolean isNullLiteral() {
    return type == null;
  }

  boolean is(ValueType expected) {
    return type == expected;
  }

  boolean isNumber() {
    return type == ValueType.INT64 || type == ValueType.DOUBLE;
  }

  /** The name of the type in messages. */
  String label() {
    return type == null ? "null" : type.label();
  }

  /**
   * This, computed once if no column takes part.
   *
   * @throws InvalidInputException if what is constant cannot be computed
   */
  Typed folded(Source source) {
    if (!isConstant || type == null) {
      return this;
    }
    Values values = kernel.compute(ONE_ROW);
    String failure = values.failures() == null ? null : values.failures().reason(0);
    if (failure != null) {
      throw InvalidInputException.because(source.key(), failure);
    }
    return constant(type, values.column().value(0));
  }

  /** The value of a constant that is not null. */
  @Nullable Object constantValue() {
    return isConstant && type != null ? kernel.compute(ONE_ROW).column().value(0) : null;
  }
}
