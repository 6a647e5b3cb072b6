package io.github.beamml.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2013-01-01T00:00:00Z, 1356998400000000",
    "2013-01-01T00:00Z, 1356998400000000",
    "2013-01-01 00:00:00Z, 1356998400000000",
    "2012-12-31T19:00:00-05:00, 1356998400000000",
    "2013-01-01T05:30:00+05:30, 1356998400000000",
    "2013-01-01T00:00:00.25Z, 1356998400250000",
    "2013-01-01T00:00:00.000001Z, 1356998400000001",
    "2013-01-01T00:00:00.000001000Z, 1356998400000001",
    "1969-12-31T23:59:59.999999Z, -1",
    "9999-12-31T23:59:59Z, 253402300799000000",
  })
  void readsInstants(String text, long micros) {
    assertThat(Timestamps.tryParse(text, null).getAsLong()).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "2013-01-01, 1357016400000000",
    "2013-01-01T00:00:00, 1357016400000000",
    "2013-01-01 00:00, 1357016400000000",
    "2013-07-01, 1372651200000000",
    // An offset of its own goes before the zone.
    "2013-01-01T00:00:00Z, 1356998400000000",
  })
  void readsLocalTimesInAZone(String text, long micros) {
    assertThat(Timestamps.tryParse(text, ZoneRules.of("America/New_York")).getAsLong())
        .isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2013-01-01",
        "2013-01-01T00:00:00",
        "2013-02-29T00:00:00Z",
        "2013-13-01T00:00:00Z",
        "2013-00-01T00:00:00Z",
        "2013-01-01T24:00:00Z",
        "2013-01-01T00:60:00Z",
        "2013-01-01T00:00:60Z",
        "2013-01-01T00:00:00.0000001Z",
        "2013-01-01T00:00:00z",
        "2013-01-01T00:00:00 Z",
        "2013-01-01T00:00:00+5:00",
        "2013-01-01T00:00:00+19:00",
        "2013-1-1T00:00:00Z",
        "13-01-01T00:00:00Z",
        "\u0662\u0660\u0661\u0663-01-01T00:00:00Z",
      })
  void refusesWhatIsNoInstant(String text) {
    assertThat(Timestamps.tryParse(text, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2013-12-31T23:59:59.999Z",
        "2013-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z",
      })
  void writesWhatItReads(String text) {
    assertThat(Timestamps.format(Timestamps.tryParse(text, null).getAsLong())).isEqualTo(text);
  }

  @Test
  void writesYearsOutsideFourDigitsWithASign() {
    assertThat(Timestamps.format(Long.MAX_VALUE)).isEqualTo("+294247-01-10T04:00:54.775807Z");
    assertThat(Timestamps.format(Long.MIN_VALUE)).isEqualTo("-290308-12-21T19:59:05.224192Z");
  }
}
