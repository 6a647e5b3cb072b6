package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.expression.CompiledExpression;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import java.util.Arrays;
import java.util.List;

/**
 * {@code derive}: a new column {@code as} computed by an expression over the columns there are,
 * such as {@code is: year(sched_dep) - plane_year}; see {@link Expression} for types and null
 * rules. Parts of times are local in {@code zone}; UTC unless said otherwise. A row that cannot be
 * computed (an overflow, a division of integers by zero) is a bad record. Nothing is fitted.
 */
public final class Derive extends Step {
  static final String NAME = "derive";

  private final String as;
  private final String is;
  private final String zone;

  private Derive(String as, String is, String zone) {
    this.as = as;
    this.is = is;
    this.zone = zone;
  }

  static Derive of(String as, String is) {
    Expression.parse("is", is, ZoneRules.UTC.id());
    return new Derive(as, is, ZoneRules.UTC.id());
  }

  static Derive read(Parameters parameters, String defaultZone) {
    String as = parameters.requiredText("as", "the name of the new column");
    String is = parameters.requiredText("is", "an expression such as `distance / 1000`");
    String zone = parameters.text("zone");
    String chosen = zone == null ? defaultZone : zone;
    parameters.zone("zone", chosen);
    Expression.parse(parameters.place("is"), is, chosen);
    return new Derive(as, is, chosen);
  }

  /** On the clocks of this zone instead of UTC. */
  public Derive zone(String id) {
    return new Derive(as, is, ZoneRules.of(id).id());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    parameters.put("as", as).put("is", is).put("zone", zone);
  }

  @Override
  void bind(Scope scope) {
    Expression expression = Expression.parse(scope.place("is"), is, zone);
    Field field = expression.compile(scope.dataColumns()).field(as);
    List<String> columns = expression.columns();
    int[] inputs = new int[columns.size()];
    Field[] fields = new Field[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = scope.column(columns.get(i), "is");
      fields[i] = Field.nullable(columns.get(i), scope.value(inputs[i]).type());
    }
    CompiledExpression compiled = expression.compile(RowSchema.of(fields));
    scope.compute(
        "",
        inputs,
        List.of(new Scope.Output(as, field.type(), field.nullable())),
        "as",
        Kernel.rejecting(
            (values, rows, rejections) -> {
              RowBatch batch = RowBatch.of(compiled.schema(), Arrays.asList(values), rows);
              return new Column[] {
                compiled.evaluate(
                    batch, (rejected, row, message) -> rejections.reject(row, message))
              };
            }));
  }
}
