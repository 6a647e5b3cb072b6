package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds columns computed by expressions, in order: each sees the columns of the input and those
 * derived before it. A name that the input has already is replaced in its place. A row in which any
 * expression fails goes to the errors.
 */
public final class DeriveFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> names;
  private final ArrayList<Expression> expressions;
  private transient volatile @Nullable Compiled compiled;

  private record Compiled(RowSchema input, List<CompiledExpression> expressions) {}

  private DeriveFn(Map<String, Expression> derived) {
    this.names = new ArrayList<>(derived.keySet());
    this.expressions = new ArrayList<>(derived.values());
  }

  public static DeriveFn of(String name, Expression expression) {
    return of(Map.of(name, expression));
  }

  /**
   * @param derived expressions by the names of their columns, in the order of computation (a {@link
   *     LinkedHashMap}, for example)
   * @throws InvalidInputException if a name is blank or starts with an underscore
   */
  public static DeriveFn of(Map<String, Expression> derived) {
    for (Map.Entry<String, Expression> entry : derived.entrySet()) {
      String name = entry.getKey();
      if (name.isBlank() || name.startsWith(Field.SYSTEM_PREFIX)) {
        throw InvalidInputException.of(
            entry.getValue().key(), '"' + name + '"', "a name that does not start with _");
      }
    }
    return new DeriveFn(derived);
  }

  @Override
  public String name() {
    return "derive";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    List<CompiledExpression> all = compile(input);
    return all.isEmpty() ? input : withField(all.get(all.size() - 1), names.size() - 1);
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    List<CompiledExpression> all = compiled(batch.schema());
    RowBatch derived = batch;
    Evaluated[] evaluated = new Evaluated[all.size()];
    for (int i = 0; i < evaluated.length; i++) {
      evaluated[i] = all.get(i).evaluate(derived);
      derived = derived.with(all.get(i).field(names.get(i)), evaluated[i].column());
    }
    return withoutFailures(batch, derived, evaluated, errors);
  }

  /** Reports a row once, with the first of its reasons. */
  private static RowBatch withoutFailures(
      RowBatch batch, RowBatch derived, Evaluated[] evaluated, RowErrors errors) {
    boolean[] isFailed = new boolean[batch.size()];
    int failed = 0;
    for (Evaluated one : evaluated) {
      for (int row = 0; one.failures() != null && row < isFailed.length; row++) {
        if (!isFailed[row] && one.isFailed(row)) {
          isFailed[row] = true;
          failed++;
          errors.reject(batch, row, one.message(row));
        }
      }
    }
    return failed == 0
        ? derived
        : derived.take(IntStream.range(0, isFailed.length).filter(row -> !isFailed[row]).toArray());
  }

  private List<CompiledExpression> compiled(RowSchema input) {
    Compiled known = compiled;
    if (known == null || !known.input().equals(input)) {
      known = new Compiled(input, compile(input));
      compiled = known;
    }
    return known.expressions();
  }

  private List<CompiledExpression> compile(RowSchema input) {
    List<CompiledExpression> all = new ArrayList<>();
    RowSchema schema = input;
    for (int i = 0; i < names.size(); i++) {
      CompiledExpression one = expressions.get(i).compile(schema);
      all.add(one);
      schema = withField(one, i);
    }
    return all;
  }

  private RowSchema withField(CompiledExpression one, int position) {
    return one.schema().with(one.field(names.get(position)));
  }
}
