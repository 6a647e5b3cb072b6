package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.Objects;

/** An expression made ready for batches of one schema. Immutable; may be shared by threads. */
public final class CompiledExpression {
  private final Source source;
  private final RowSchema schema;
  private final ValueType type;
  private final Typed typed;

  /**
   * @param typed not the mere word {@code null}
   */
  CompiledExpression(Source source, RowSchema schema, Typed typed) {
    this.source = source;
    this.schema = schema;
    this.type = Objects.requireNonNull(typed.type());
    this.typed = typed;
  }

  /** The schema of the batches that it can be given. */
  public RowSchema schema() {
    return schema;
  }

  public ValueType type() {
    return type;
  }

  /** Whether a value may be null; false where no null of the input can reach it. */
  public boolean isNullable() {
    return typed.isNullable();
  }

  /** The field of a column that holds its values. */
  public Field field(String name) {
    return new Field(name, type, isNullable());
  }

  /**
   * One value a row. A row that cannot be computed (an overflow, a division by zero, a text that is
   * no number) is handed to {@code errors}; its value is null.
   *
   * @throws IllegalArgumentException if the batch has another schema
   */
  public Column evaluate(RowBatch batch, RowErrors errors) {
    Evaluated evaluated = evaluate(batch);
    evaluated.report(batch, errors);
    return evaluated.column();
  }

  /** As {@link #evaluate(RowBatch, RowErrors)}, for callers that leave failed rows out. */
  Evaluated evaluate(RowBatch batch) {
    if (!batch.schema().equals(schema)) {
      throw new IllegalArgumentException("compiled for " + schema + ", not for " + batch.schema());
    }
    Values values = typed.kernel().compute(batch);
    Failures failures = values.failures();
    if (failures == null) {
      return new Evaluated(source.key(), values.column(), null);
    }
    long[] nulls = Nulls.none(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      if (failures.reason(row) != null) {
        Nulls.set(nulls, row);
      }
    }
    Column column = Values.withNulls(values.column(), Nulls.either(values.column().nulls(), nulls));
    return new Evaluated(source.key(), column, failures);
  }
}
