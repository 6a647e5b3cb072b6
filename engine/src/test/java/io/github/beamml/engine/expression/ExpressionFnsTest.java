package io.github.beamml.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionFnsTest {
  private static final RowBatch NUMBERS = Rows.x(ValueType.INT64, 1L, 0L, null, 4L);

  @Test
  void derivedColumnsSeeThoseBeforeThem() {
    Map<String, Expression> derived = new LinkedHashMap<>();
    derived.put("half", Expression.parse("derive.half", "x / 2.0"));
    derived.put("quarter", Expression.parse("derive.quarter", "half / 2"));
    derived.put("x", Expression.parse("derive.x", "coalesce(x, 0)"));
    DeriveFn fn = DeriveFn.of(derived);
    RowBatch out = fn.apply(NUMBERS, RowErrors.fail());
    assertThat(out.schema())
        .isEqualTo(
            RowSchema.of(
                Field.required("x", ValueType.INT64),
                Field.nullable("half", ValueType.DOUBLE),
                Field.nullable("quarter", ValueType.DOUBLE)))
        .isEqualTo(fn.outputSchema(NUMBERS.schema()));
    assertThat(out.row(0)).containsExactly(1L, 0.5, 0.25);
    assertThat(out.row(2)).containsExactly(0L, null, null);
  }

  @Test
  void rowsThatCannotBeDerivedAreRejectedOnce() {
    Map<String, Expression> derived = new LinkedHashMap<>();
    derived.put("a", Expression.parse("derive.a", "12 / x"));
    derived.put("b", Expression.parse("derive.b", "x == 4 ? 1 / (x - 4) : 1 / x"));
    List<String> rejected = new ArrayList<>();
    RowBatch out =
        DeriveFn.of(derived)
            .apply(NUMBERS, (batch, row, message) -> rejected.add(batch.row(row) + " " + message));
    assertThat(rejected)
        .containsExactly(
            "[0] derive.a: division by zero at position 4 of \"12 / x\"",
            "[4] derive.b: division by zero at position 12 of"
                + " \"x == 4 ? 1 / (x - 4) : 1 / x\"");
    assertThat(out.size()).isEqualTo(2);
    assertThat(out.row(0)).containsExactly(1L, 12L, 1L);
    assertThat(out.row(1)).containsExactly(null, null, null);
  }

  @Test
  void systemColumnsCannotBeDerived() {
    Expression one = Expression.parse("derive._row_key", "1");
    assertThatThrownBy(() -> DeriveFn.of("_row_key", one))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid derive._row_key: \"_row_key\" (must be a name that does not start with _)");
  }

  @Test
  void filtersKeepOnlyWhatIsTrue() {
    FilterFn fn = FilterFn.keep(Expression.parse("filter", "x > 0 || 1 / x == 5"));
    List<Integer> rejected = new ArrayList<>();
    RowBatch out = fn.apply(NUMBERS, (batch, row, message) -> rejected.add(row));
    assertThat(rejected).containsExactly(1);
    assertThat(out.size()).isEqualTo(2);
    assertThat(out.row(0)).containsExactly(1L);
    assertThat(out.row(1)).containsExactly(4L);
    assertThat(out.schema()).isEqualTo(NUMBERS.schema());
    assertThat(fn.outputSchema(NUMBERS.schema())).isEqualTo(NUMBERS.schema());
  }

  @Test
  void filtersMustBeConditions() {
    FilterFn fn = FilterFn.keep(Expression.parse("filter", "x + 1"));
    assertThatThrownBy(() -> fn.outputSchema(NUMBERS.schema()))
        .hasMessage("Invalid filter: x + 1 (must be boolean, not int64)");
  }

  @Test
  void functionsAreSerialisedWithTheirTexts() throws IOException, ClassNotFoundException {
    FilterFn filter = FilterFn.keep(Expression.parse("filter", "x > 1"));
    DeriveFn derive = DeriveFn.of("y", Expression.parse("derive.y", "x + 1"));
    assertThat(filter.apply(NUMBERS, RowErrors.fail()).size()).isEqualTo(1);
    assertThat(copy(filter).apply(NUMBERS, RowErrors.fail()).size()).isEqualTo(1);
    assertThat(copy(derive).apply(NUMBERS, RowErrors.fail()).row(3)).containsExactly(4L, 5L);
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // what is written right before
  private static <T> T copy(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
