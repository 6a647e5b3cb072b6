package io.github.beamml.engine.expression;

import static io.github.beamml.engine.expression.Rows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "1 + 2 * 3; 7",
        "(1 + 2) * 3; 9",
        "10 - 4 - 3; 3",
        "100 / 10 / 5; 2",
        "7 % 4 * 2; 6",
        "2 * 7 % 4; 2",
        "-2 * 3; -6",
        "- -2; 2",
        "--2; 2",
        "2 - -2; 4",
        "2--2; 4",
        "-7 / 2; -3",
        "-7 % 2; -1",
        "7 / -2; -3",
        "1 + 2 < 4; true",
        "1 < 2 && 2 < 1 || 3 < 4; true",
        "1 < 2 || 2 < 1 && 4 < 3; true",
        "(1 < 2 || 2 < 1) && 4 < 3; false",
        "!true || true; true",
        "!(true || true); false",
        "!true == false; true",
        "!!true; true",
        "true ? 1 : 2; 1",
        "false ? 1 : true ? 2 : 3; 2",
        "1 < 2 ? 10 : 20 + 1; 10",
        "true || false ? 1 : 2; 1",
        "1 + 1 in [2, 3]; true",
        "!(1 in [2, 3]); true",
        "1 == 1 && 'a' in ['a']; true",
        "1e3 + .5 + 2.5E-1; 1000.75",
        "9223372036854775807; 9223372036854775807",
        "-9223372036854775808; -9223372036854775808",
        "\"it's\" + ' \"so\"'; it's \"so\"",
        "'tab\\there \\u00e9\\U0001F600 \\\\ \\''; tab\there é😀 \\ '",
        "1 /* no comments */; ~syntax~",
      })
  void operatorsBindAsInC(String text, String expected) {
    if (expected.equals("syntax")) {
      assertThatThrownBy(() -> value(text)).isInstanceOf(InvalidInputException.class);
    } else {
      assertThat(value(text)).hasToString(expected);
    }
  }

  @Test
  void columnsAreReadByName() {
    assertThat(value("arr_delay > 15")).isEqualTo(false);
    assertThat(value("auc.low >= 0.66")).isEqualTo(true);
    assertThat(value("`taxi out` + id")).isEqualTo(19L);
    assertThat(value("`carrier`")).isEqualTo("UA");
    assertThat(value("carrier.startsWith('U') && 'x'.size() == 1 && (dest).contains('A')"))
        .isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({
    "carrier, carrier",
    "_x1, _x1",
    "taxi out, `taxi out`",
    "in, `in`",
    "null, `null`",
    "größe, `größe`",
    "auc.low, `auc.low`",
    "1st, `1st`",
    "'a\tb', '`a\tb`'"
  })
  void everyNameThatCanBeWrittenIsReadBack(String name, String written) {
    assertThat(Expression.quote(name)).isEqualTo(written);
    assertThat(Expression.parse("x", Expression.quote(name)).columns()).containsExactly(name);
    assertThat(Expression.parse("x", Expression.quote(name) + " != null").columns())
        .containsExactly(name);
  }

  @Test
  void namesThatCannotBeWrittenAreRefused() {
    assertThatThrownBy(() -> Expression.quote("a`b"))
        .hasMessage("Invalid column: \"a`b\" (must be a name without backticks and line breaks)");
    assertThatThrownBy(() -> Expression.quote("")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void namesTheColumnsThatItReads() {
    Expression expression =
        Expression.parse("x", "b > 1 && auc.low in [a, b] ? -size(c) : `d e` + b * int(f ? 1 : 2)");
    assertThat(expression.columns()).containsExactly("b", "auc.low", "a", "c", "d e", "f");
    assertThat(Expression.parse("x", "1 + 1").columns()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "id; INT64; false",
        "id + 1; INT64; false",
        "id + 1.0; DOUBLE; false",
        "id + seats; INT64; true",
        "arr_delay > 15; BOOLEAN; true",
        "distance > 15; BOOLEAN; false",
        "has(arr_delay); BOOLEAN; false",
        "arr_delay == null; BOOLEAN; false",
        "coalesce(arr_delay, 0); DOUBLE; false",
        "coalesce(arr_delay, seats); DOUBLE; true",
        "id > 1 ? 1 : 2.5; DOUBLE; false",
        "id > 1 ? carrier : null; STRING; true",
        "sched_arr - sched_dep; DOUBLE; true",
        "sched_dep + 60; TIMESTAMP; false",
        "60 + sched_dep; TIMESTAMP; false",
        "carrier + '-' + dest; STRING; true",
        "month(sched_dep, 'UTC'); INT64; false",
        "embedding; DOUBLES; true",
        "size(photo); INT64; true",
      })
  void typesFollowFromTheSchema(String text, ValueType type, boolean isNullable) {
    Expression expression = Expression.parse("x", text);
    CompiledExpression compiled = expression.compile(Rows.FLIGHTS);
    assertThat(expression.resultType(Rows.FLIGHTS)).isEqualTo(type);
    assertThat(compiled.type()).isEqualTo(type);
    assertThat(compiled.isNullable()).isEqualTo(isNullable);
    assertThat(compiled.field("y").nullable()).isEqualTo(isNullable);
  }

  @Test
  void aResultOfTheWrongTypeIsRefused() {
    Expression label = Expression.parse("label.is", "arr_delay - 15");
    assertThatThrownBy(() -> label.check(Rows.FLIGHTS, ValueType.BOOLEAN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid label.is: arr_delay - 15 (must be boolean, not double)");
    assertThatThrownBy(() -> Expression.parse("label.is", "null").resultType(Rows.FLIGHTS))
        .hasMessage("Invalid label.is: null (must be of a type, not only null)");
  }

  @Test
  void textsAreTheSameWhateverTheSpacesBetweenWords() {
    assertThat(Expression.isSameText("month( sched_dep )", "month(sched_dep)")).isTrue();
    assertThat(Expression.isSameText("carrier + ' '", "carrier+' '")).isTrue();
    assertThat(Expression.isSameText("carrier + ' '", "carrier + ''")).isFalse();
    assertThat(Expression.isSameText("`taxi out`", "`taxiout`")).isFalse();
  }

  @Test
  void survivesSerialization() throws IOException, ClassNotFoundException {
    Expression expression = Expression.parse("slices[2]", "month(sched_dep)", "America/New_York");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(expression);
    }
    Object copy = copy(bytes.toByteArray());
    assertThat(copy).isEqualTo(expression).hasToString("month(sched_dep)");
    assertThat(((Expression) copy).columns()).containsExactly("sched_dep");
    assertThat(((Expression) copy).zone()).contains("America/New_York");
    assertThat(((Expression) copy).key()).isEqualTo("slices[2]");
  }

  @SuppressWarnings("BanSerializableRead") // what was written two lines above
  private static Object copy(byte[] bytes) throws IOException, ClassNotFoundException {
    return new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
  }

  @Test
  void onlyBatchesOfItsSchemaAreAccepted() {
    CompiledExpression compiled = Expression.parse("x", "1").compile(RowSchema.of());
    RowBatch other = Rows.x(ValueType.INT64, 1L);
    assertThatThrownBy(() -> compiled.evaluate(other, RowErrors.fail()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compiled for {}, not for {x: int64?}");
  }

  @Test
  void nestingIsBoundedAndChainsAreNot() {
    String nested = "(".repeat(10_000) + "1" + ")".repeat(10_000);
    assertThatThrownBy(() -> Expression.parse("filter", nested))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid filter: nested too deeply (at most 100 brackets) at position 102 of \"…"
                + "(".repeat(80)
                + "…\"");
    assertThat(value("(".repeat(100) + "1" + ")".repeat(100))).isEqualTo(1L);
    assertThatThrownBy(() -> value("!".repeat(10_000) + "true"))
        .hasMessageStartingWith("Invalid x: nested too deeply");
    assertThatThrownBy(() -> value("-".repeat(10_000) + "id"))
        .hasMessageStartingWith("Invalid x: nested too deeply");
    assertThatThrownBy(() -> value("abs(".repeat(10_000)))
        .hasMessageStartingWith("Invalid x: nested too deeply");
    assertThatThrownBy(() -> value("true ? 1 : ".repeat(10_000) + "1"))
        .hasMessageStartingWith("Invalid x: nested too deeply");
    assertThatThrownBy(() -> value("true ? ".repeat(10_000) + "1"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> value("1 in " + "[".repeat(10_000)))
        .hasMessageStartingWith("Invalid x: nested too deeply");
    assertThat(value("id" + " + id".repeat(20_000))).isEqualTo(140_007L);
    assertThat(value("id > 1" + " && id > 1".repeat(20_000))).isEqualTo(true);
    assertThat(value("sched_dep" + " - sched_dep + sched_dep".repeat(5_000)))
        .isEqualTo(Rows.instant("2013-01-01T10:15:00Z"));
    assertThat(value("min(" + "id, ".repeat(20_000) + "id)")).isEqualTo(7L);
    assertThat(value("id in [" + "1, ".repeat(20_000) + "id]")).isEqualTo(true);
    assertThat(value("carrier" + ".lowerAscii()".repeat(101))).isEqualTo("ua");
    assertThatThrownBy(() -> value("carrier" + ".lowerAscii()".repeat(10_000)))
        .hasMessageStartingWith("Invalid x: nested too deeply (at most 100 methods)");
  }

  @Test
  void deepTextsFitASmallStack() throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(
            null,
            () -> value("(!".repeat(60) + "(id" + " + id".repeat(2000) + " > 1)" + ")".repeat(60)),
            "small stack",
            512 * 1024);
    thread.setUncaughtExceptionHandler((of, failure) -> thrown.add(failure));
    thread.start();
    thread.join();
    assertThat(thrown).isEmpty();
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(value("lowerAscii('TITLE I') + upperAscii('title i')"))
          .isEqualTo("title iTITLE I");
      assertThat(value("minute(sched_dep, 'UTC')")).isEqualTo(15L);
      assertThat(value("string(1234567.5) + string(1234567)")).isEqualTo("1234567.51234567");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void failedRowsAreReportedAndNull() {
    RowBatch batch = Rows.x(ValueType.INT64, 2L, 0L, null, 5L);
    List<String> reported = new ArrayList<>();
    CompiledExpression compiled = Expression.parse("derive.y", "10 / x").compile(batch.schema());
    var column = compiled.evaluate(batch, (of, row, message) -> reported.add(row + " " + message));
    assertThat(column.value(0)).isEqualTo(5L);
    assertThat(column.value(1)).isNull();
    assertThat(column.value(2)).isNull();
    assertThat(column.value(3)).isEqualTo(2L);
    assertThat(reported)
        .containsExactly("1 derive.y: division by zero at position 4 of \"10 / x\"");
    assertThatThrownBy(() -> compiled.evaluate(batch, RowErrors.fail()))
        .isInstanceOf(InvalidInputException.class);
  }
}
