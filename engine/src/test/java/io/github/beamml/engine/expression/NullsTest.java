package io.github.beamml.engine.expression;

import static io.github.beamml.engine.expression.Rows.value;
import static io.github.beamml.engine.expression.Rows.valueWithNulls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where seats, arr_delay, dest, cancelled and sched_arr are null. */
class NullsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "seats + 1",
        "1 - seats",
        "seats * arr_delay",
        "-seats",
        "seats / 0",
        "seats > 1",
        "arr_delay == 1",
        "arr_delay != 1",
        "dest == 'IAH'",
        "seats == seats",
        "!cancelled",
        "dest + 'x'",
        "carrier + dest",
        "size(dest)",
        "dest.startsWith('I')",
        "upperAscii(dest)",
        "dest in ['IAH', 'ORD']",
        "seats in [1, 2]",
        "seats in [1, id]",
        "arr_delay in [1.5]",
        "min(seats, 1)",
        "max(1.5, arr_delay)",
        "sqrt(arr_delay)",
        "abs(seats)",
        "int(dest)",
        "string(seats)",
        "double(seats)",
        "hour(sched_arr, 'UTC')",
        "sched_arr - sched_dep",
        "sched_arr + 60",
        "haversine(arr_delay, 1, 2, 3)",
        "cancelled ? 1 : 2",
        "true ? seats : 1",
        "coalesce(seats, null)",
        "coalesce(seats, arr_delay)",
        "size(embedding)",
        "size(photo)",
        "embedding",
        "photo",
        "seats",
        "true ? null : 1",
        "-9223372036854775808 - 1 * seats",
      })
  void nullInGivesNullOut(String text) {
    assertThat(valueWithNulls(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "seats == null, true",
    "null == seats, true",
    "seats != null, false",
    "id == null, false",
    "id != null, true",
    "has(seats), false",
    "has(id), true",
    "has(seats + id), false",
    "!has(embedding), true",
    "photo == null, true",
    "(seats > 1) == null, true",
    "'coalesce(seats, arr_delay, 3)', 3.0",
    "'coalesce(seats, id)', 7",
    "'coalesce(id, seats)', 7",
    "'coalesce(null, id)', 7",
    "'coalesce(dest, carrier, ''x'')', UA",
    "false ? seats : 1, 1",
    "cancelled == null ? 1 : 2, 1",
  })
  void testsForNullAnswerTrueOrFalse(String text, String expected) {
    assertThat(valueWithNulls(text)).hasToString(expected);
  }

  @Test
  void nanIsAValueAndNotNull() {
    assertThat(value("has(0.0 / 0)")).isEqualTo(true);
    assertThat(value("coalesce(0.0 / 0, 1)")).isEqualTo(Double.NaN);
    assertThat(value("isNaN(0.0 / 0)")).isEqualTo(true);
    assertThat(value("isNaN(distance)")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    // left, right, and, or
    "true, true, true, true",
    "true, false, false, true",
    "true, null, null, true",
    "true, failed, failed, true",
    "false, true, false, true",
    "false, false, false, false",
    "false, null, false, null",
    "false, failed, false, failed",
    "null, true, null, true",
    "null, false, false, null",
    "null, null, null, null",
    "null, failed, failed, failed",
    "failed, true, failed, true",
    "failed, false, false, failed",
    "failed, null, failed, failed",
    "failed, failed, failed, failed",
  })
  void logicIsThreeValuedAndWhatDecidesDecidesAlone(
      String left, String right, String and, String or) {
    assertThat(outcome(operand(left) + " && " + operand(right))).isEqualTo(and);
    assertThat(outcome(operand(left) + " || " + operand(right))).isEqualTo(or);
    assertThat(outcome(operand(left) + " && true && " + operand(right))).isEqualTo(and);
    assertThat(outcome(operand(left) + " || false || " + operand(right))).isEqualTo(or);
    assertThat(outcome("!(" + operand(left) + " && " + operand(right) + ")"))
        .isEqualTo(outcome("!" + operand(left) + " || !" + operand(right)));
  }

  /** Expressions over columns, so that nothing is computed before there are rows. */
  private static String operand(String state) {
    return switch (state) {
      case "true" -> "(id == 7)";
      case "false" -> "(id == 8)";
      case "null" -> "(seats == 8)";
      default -> "(1 / (id - 7) == 8)";
    };
  }

  private static String outcome(String text) {
    Evaluated evaluated =
        Expression.parse("x", text).compile(Rows.FLIGHTS).evaluate(Rows.flightWithNulls());
    return evaluated.isFailed(0) ? "failed" : String.valueOf(evaluated.column().value(0));
  }

  @ParameterizedTest
  @CsvSource({
    "id == 7 ? 1 : 1 / (id - 7), 1",
    "id == 8 ? 1 / (id - 7) : 2, 2",
    "seats == 8 ? 1 / (id - 7) : 2, null",
    "id == 7 ? 1 / (id - 7) : 2, failed",
    "'coalesce(id, 1 / (id - 7))', 7",
    "'coalesce(1 / (id - 7), id)', failed",
    "'coalesce(seats, 1 / (id - 7), id)', failed",
    "has(1 / (id - 7)), failed",
    "1 / (id - 7) == null, failed",
    "1 / (id - 7) + 1, failed",
    "seats + 1 / (id - 7), failed",
    "id in [1 / (id - 7)], failed",
    "'id in [7, 1 / (id - 7)]', true",
    "'id in [7, seats]', true",
    "'id in [8, seats]', null",
  })
  void onlyWhatIsNeededCanFailARow(String text, String expected) {
    assertThat(outcome(text)).isEqualTo(expected);
  }

  @Test
  void anIntegerOverflowFailsTheRow() {
    assertThatThrownBy(() -> value("x + 1", Rows.x(ValueType.INT64, Long.MAX_VALUE)))
        .hasMessage("Invalid row: x: int64 overflow at position 3 of \"x + 1\"");
    for (String text :
        new String[] {
          "x + x", "x - 1 - x - x", "x * 2", "x * x", "-x", "abs(x)", "x / -1", "x * -1"
        }) {
      assertThatThrownBy(() -> value(text, Rows.x(ValueType.INT64, Long.MIN_VALUE)))
          .as(text)
          .hasMessageContaining("int64 overflow");
    }
    assertThat(value("x % -1", Rows.x(ValueType.INT64, Long.MIN_VALUE))).isEqualTo(0L);
    assertThat(value("x + 1", Rows.x(ValueType.INT64, Long.MIN_VALUE))).isEqualTo(-Long.MAX_VALUE);
    assertThatThrownBy(() -> value("7 % x", Rows.x(ValueType.INT64, 0L)))
        .hasMessageContaining("division by zero");
  }

  @Test
  void doublesDivideAsIeee754() {
    assertThat(value("distance / 0")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value("-distance / 0")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value("(distance - distance) / 0")).isEqualTo(Double.NaN);
    assertThat(value("1 / (0.0 * -1)")).isEqualTo(Double.POSITIVE_INFINITY); // there is no -0.0
    assertThat(value("7.5 % 2")).isEqualTo(1.5);
    assertThat(value("-7.5 % 2")).isEqualTo(-1.5);
    assertThat(value("0.1 + 0.2")).isEqualTo(0.30000000000000004);
    assertThat(value("1e308 * 10")).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "<=", ">", ">=", "=="})
  void nanHasNoOrder(String operator) {
    assertThat(value("x " + operator + " x", Rows.x(ValueType.DOUBLE, Double.NaN)))
        .isEqualTo(false);
    assertThat(value("x != x", Rows.x(ValueType.DOUBLE, Double.NaN))).isEqualTo(true);
    assertThat(value("x in [0.0 / 0, 1]", Rows.x(ValueType.DOUBLE, Double.NaN))).isEqualTo(false);
  }

  @Test
  void integersWidenBesideDoubles() {
    assertThat(value("id + 0.5")).isEqualTo(7.5);
    assertThat(value("arr_delay > 10")).isEqualTo(true);
    assertThat(value("distance / 3")).isEqualTo(466.6666666666667);
    assertThat(value("id / 2")).isEqualTo(3L);
    assertThat(value("id / 2.0")).isEqualTo(3.5);
    assertThat(value("id == 7.0")).isEqualTo(true);
    assertThat(value("id in [6.5, 7]")).isEqualTo(true);
    assertThat(value("distance in [1400]")).isEqualTo(true);
    // To the nearest double: 2^53 + 1 is none.
    assertThat(value("9007199254740993 == 9007199254740992.0")).isEqualTo(true);
  }
}
