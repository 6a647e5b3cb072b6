package io.github.beamml.engine.expression;

import static io.github.beamml.engine.expression.Rows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "abs(-3); 3",
        "abs(-3.5); 3.5",
        "min(3, 1, 2); 1",
        "max(3, 1, 2); 3",
        "max(3, 3.5); 3.5",
        "min(1, 2.0); 1.0",
        "min(1.5, 0.0 / 0); NaN",
        "floor(-2.5); -3.0",
        "ceil(-2.5); -2.0",
        "floor(7); 7",
        "round(2.5); 3.0",
        "round(-2.5); -3.0",
        "round(0.49999999999999994); 0.0",
        "round(4503599627370495.5); 4.503599627370496E15",
        "round(4503599627370497.0); 4.503599627370497E15",
        "round(1e300); 1.0E300",
        "sqrt(2); 1.4142135623730951",
        "sqrt(-1); NaN",
        "exp(1); 2.7182818284590455",
        "log(10); 2.302585092994046",
        "log(0); -Infinity",
        "log1p(1); 0.6931471805599453",
        "pow(2, 0.5); 1.4142135623730951",
        "pow(2, 10); 1024.0",
      })
  void numbers(String text, String expected) {
    assertThat(value(text)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "size('é😀x'); 3",
        "size(''); 0",
        "size(embedding); 3",
        "size(photo); 2",
        "startsWith('flight', 'fl'); true",
        "'flight'.endsWith('ght'); true",
        "'flight'.contains('igh'); true",
        "'flight'.contains('IGH'); false",
        "'flight'.contains(''); true",
        "substring('flight', 2); ight",
        "substring('flight', 2, 4); ig",
        "substring('é😀x', 1, 2); 😀",
        "substring('fl', 1, 9); l",
        "substring('fl', 9, 12); ~~",
        "substring('fl', -3, 1); f",
        "substring('fl', 2, 1); ~~",
        "lowerAscii('ÄBC-I'); Äbc-i",
        "upperAscii('äbc-i'); äBC-I",
        "'b' < 'a'; false",
        "'B' < 'a'; true",
        "'' < 'a'; true",
        "'\\uFFFF' < '\\U00010000'; true",
        "carrier + '-' + dest; UA-IAH",
        "carrier in ['AA', 'UA']; true",
        "carrier in ['AA', dest]; false",
        "!(carrier in ['AA']); true",
      })
  void texts(String text, String expected) {
    assertThat(value(text)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "int(2.9); 2",
        "int(-2.9); -2",
        "int('-42'); -42",
        "int('+42'); 42",
        "int(id > 3); 1",
        "int(id); 7",
        "int(timestamp('1970-01-01T00:00:01.5Z')); 1",
        "int(timestamp('1969-12-31T23:59:59.5Z')); -1",
        "double('1.5e3'); 1500.0",
        "double('.5'); 0.5",
        "double('-1.'); -1.0",
        "double('NaN'); NaN",
        "double(3); 3.0",
        "double(false); 0.0",
        "double(1.5); 1.5",
        "string(42); 42",
        "string(-0.0); 0",
        "string(0.1); 0.1",
        "string(1e21); 1e+21",
        "string(2e-3); 0.002",
        "string(0.0 / 0); NaN",
        "string(-1 / 0.0); -Infinity",
        "string(id > 3); true",
        "string('x'); x",
        "string(sched_dep); 2013-01-01T10:15:00Z",
        "string(timestamp(1)); 1970-01-01T00:00:01Z",
        "string(timestamp('2013-01-01', 'America/New_York')); 2013-01-01T05:00:00Z",
        "duration('1h30m'); 5400.0",
        "duration('-2.5s'); -2.5",
        "duration('1m1s1ms1us'); 61.001001",
      })
  void conversions(String text, String expected) {
    assertThat(value(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int(x)",
        "double(x)",
        "duration(x)",
        "timestamp(x)",
      })
  void textsThatAreNoNumbersFailTheRow(String text) {
    for (String wrong :
        new String[] {
          "", " 1", "1 ", "1d", "0x10", "1_000", "\u0661", "1e", "--1", "Infinity", "nan", "-", "h"
        }) {
      assertThatThrownBy(() -> value(text, Rows.x(ValueType.STRING, wrong)))
          .as(wrong)
          .hasMessageStartingWith("Invalid row: x: text that is no ");
    }
  }

  @Test
  void integersOutOfRangeFailTheRow() {
    for (double wrong : new double[] {Double.NaN, 9.3e18, -9.3e18, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> value("int(x)", Rows.x(ValueType.DOUBLE, wrong)))
          .hasMessageContaining("not in the range of int64");
    }
    assertThat(value("int(x)", Rows.x(ValueType.DOUBLE, -0x1p63))).isEqualTo(Long.MIN_VALUE);
    assertThatThrownBy(() -> value("int(x)", Rows.x(ValueType.STRING, "9223372036854775808")))
        .hasMessageContaining("text that is no int64");
    assertThatThrownBy(() -> value("timestamp(x)", Rows.x(ValueType.INT64, 9223372036855L)))
        .hasMessageContaining("no instant so far away");
  }

  @Test
  void instantsDifferBySeconds() {
    assertThat(value("sched_arr - sched_dep")).isEqualTo(11040.0);
    assertThat(value("sched_arr - sched_dep > duration('3h')")).isEqualTo(true);
    assertThat(value("string(sched_dep + 90)")).isEqualTo("2013-01-01T10:16:30Z");
    assertThat(value("string(duration('1h') + sched_dep)")).isEqualTo("2013-01-01T11:15:00Z");
    assertThat(value("string(sched_dep - 0.0000015)")).isEqualTo("2013-01-01T10:14:59.999998Z");
    assertThat(value("sched_dep < sched_arr && sched_dep != sched_arr")).isEqualTo(true);
    assertThat(value("sched_dep in [timestamp('2013-01-01T10:15:00Z')]")).isEqualTo(true);
    for (String seconds : new String[] {"1e300", "-1e300", "(0.0 / 0)", "9.3e12"}) {
      assertThatThrownBy(() -> value("sched_dep + id / 7 * " + seconds))
          .hasMessageContaining("no instant so far away");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // New York around the changes of 2013: 02:00 EST is 03:00 EDT, then 02:00 EDT is 01:00 EST.
    "2013-03-10T06:59:59Z, America/New_York, 2013, 1, 3, 10, 69, 7, 1, 59, 59",
    "2013-03-10T07:00:00Z, America/New_York, 2013, 1, 3, 10, 69, 7, 3, 0, 0",
    "2013-11-03T05:59:59Z, America/New_York, 2013, 4, 11, 3, 307, 7, 1, 59, 59",
    "2013-11-03T06:00:00Z, America/New_York, 2013, 4, 11, 3, 307, 7, 1, 0, 0",
    "2013-01-01T04:59:59Z, America/New_York, 2012, 4, 12, 31, 366, 1, 23, 59, 59",
    // Where 32-bit tables end, and beyond all tables.
    "2045-07-01T12:00:00Z, America/New_York, 2045, 3, 7, 1, 182, 6, 8, 0, 0",
    "2999-12-01T12:00:00Z, America/New_York, 2999, 4, 12, 1, 335, 7, 7, 0, 0",
    "1880-01-01T12:00:00Z, America/New_York, 1880, 1, 1, 1, 1, 4, 7, 3, 58",
    // A day that Samoa never had, half an hour of Lord Howe, and a quarter past of Nepal.
    "2011-12-30T09:59:59Z, Pacific/Apia, 2011, 4, 12, 29, 363, 4, 23, 59, 59",
    "2011-12-30T10:00:00Z, Pacific/Apia, 2011, 4, 12, 31, 365, 6, 0, 0, 0",
    "2045-06-01T00:00:00Z, Australia/Lord_Howe, 2045, 2, 6, 1, 152, 4, 10, 30, 0",
    "2013-01-01T00:00:00Z, Asia/Kathmandu, 2013, 1, 1, 1, 1, 2, 5, 45, 0",
    "1969-12-31T23:59:59.999999Z, UTC, 1969, 4, 12, 31, 365, 3, 23, 59, 59",
  })
  void partsOfTimeAreLocal(
      String instant,
      String zone,
      long year,
      long quarter,
      long month,
      long day,
      long dayOfYear,
      long weekday,
      long hour,
      long minute,
      long second) {
    var row = Rows.x(ValueType.TIMESTAMP, Rows.instant(instant));
    long[] expected = {year, quarter, month, day, dayOfYear, weekday, hour, minute, second};
    for (TimePart part : TimePart.values()) {
      Object here = value(part.function() + "(x, '" + zone + "')", row);
      Object byDefault =
          Expression.parse("slices[0]", part.function() + "(x)", zone)
              .compile(row.schema())
              .evaluate(row, RowErrors.fail())
              .value(0);
      assertThat(here).as(part.function()).isEqualTo(expected[part.ordinal()]);
      assertThat(byDefault).as(part.function()).isEqualTo(expected[part.ordinal()]);
    }
  }

  @Test
  void localTextsTakeTheDefaultZone() {
    Object since =
        Expression.parse("filter", "x >= timestamp('2013-10-01')", "America/New_York")
            .compile(Rows.x(ValueType.TIMESTAMP).schema())
            .evaluate(
                Rows.x(ValueType.TIMESTAMP, Rows.instant("2013-10-01T04:00:00Z")), RowErrors.fail())
            .value(0);
    assertThat(since).isEqualTo(true);
  }

  @Test
  void anUnknownDefaultZoneIsRefused() {
    assertThatThrownBy(() -> Expression.parse("window.zone", "month(x)", "Europe/Berlino"))
        .hasMessage(
            "Invalid window.zone: Europe/Berlino is not a known time zone"
                + " (did you mean Europe/Berlin?)");
  }

  @Test
  void distancesAreThoseOnASphere() {
    // JFK to LAX; mpmath's atan2 of cross and dot product, in 40 digits: 3974.20545162894602...
    assertThat((Double) value("haversine(40.639751, -73.778925, 33.942536, -118.408075)"))
        .isCloseTo(3974.205451628946, within(1e-9));
    assertThat(value("haversine(0, 0, 0, 180)")).isEqualTo(20015.114442035923);
    assertThat(value("haversine(10, 20, 10, 20)")).isEqualTo(0.0);
    assertThat(value("haversine(0.0 / 0, 20, 10, 20)")).isEqualTo(Double.NaN);
    assertThat(value("haversine(1 / 0.0, 20, 10, 20)")).isEqualTo(Double.NaN);
  }
}
