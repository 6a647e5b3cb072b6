package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows for which a condition is true; those for which it is false or null are left out. A
 * row whose condition fails goes to the errors.
 */
public final class FilterFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final Expression condition;
  private transient volatile @Nullable CompiledExpression compiled;

  private FilterFn(Expression condition) {
    this.condition = condition;
  }

  public static FilterFn keep(Expression condition) {
    return new FilterFn(condition);
  }

  @Override
  public String name() {
    return "filter";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    condition.check(input, ValueType.BOOLEAN);
    return input;
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    LongColumn holds = (LongColumn) compiled(batch.schema()).evaluate(batch, errors);
    int[] kept = new int[batch.size()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (!holds.isNull(row) && holds.get(row) != 0) {
        kept[count++] = row;
      }
    }
    return count == kept.length ? batch : batch.take(Arrays.copyOf(kept, count));
  }

  private CompiledExpression compiled(RowSchema input) {
    CompiledExpression known = compiled;
    if (known == null || !known.schema().equals(input)) {
      condition.check(input, ValueType.BOOLEAN);
      known = condition.compile(input);
      compiled = known;
    }
    return known;
  }
}
