package io.github.beamml.engine.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTest {
  private static final long HOUR = 3_600_000_000L;
  private static final RowSchema FLIGHTS =
      RowSchema.of(
          Field.nullable("origin", ValueType.STRING), Field.nullable("dep", ValueType.TIMESTAMP));
  private static final RowSchema WEATHER =
      RowSchema.of(
          Field.required("origin", ValueType.STRING),
          Field.required("hour", ValueType.TIMESTAMP),
          Field.nullable("temp", ValueType.DOUBLE),
          Field.nullable("sky", ValueType.STRING));
  private static final RowBatch READINGS =
      RowBatch.builder(WEATHER)
          .addRow("JFK", 5 * HOUR, 15.0, "rain")
          .addRow("JFK", 1 * HOUR, 11.0, "clear")
          .addRow("LGA", 2 * HOUR, 22.0, "fog")
          .addRow("JFK", 3 * HOUR, null, null)
          .build();

  @Test
  void theLastReadingAtOrBeforeTheTimeCounts() {
    RowBatch rows =
        RowBatch.builder(FLIGHTS)
            .addRow("JFK", 1 * HOUR - 1)
            .addRow("JFK", 1 * HOUR)
            .addRow("JFK", 3 * HOUR - 1)
            .addRow("JFK", 4 * HOUR)
            .addRow("JFK", 99 * HOUR)
            .addRow("LGA", 2 * HOUR)
            .addRow("EWR", 2 * HOUR)
            .addRow(null, 2 * HOUR)
            .addRow("LGA", null)
            .build();
    Lookup lookup =
        Lookup.in("weather").on("origin").asOf("dep", "hour").within("24h").take("temp", "sky");
    RowBatch out = lookup.fn(LookupTable.of("asOf", READINGS)).apply(rows, RowErrors.fail());
    assertThat(IntStream.range(0, 9).mapToObj(row -> out.value(row, "temp")))
        .containsExactly(null, 11.0, 11.0, null, null, 22.0, null, null, null);
    assertThat(IntStream.range(0, 9).mapToObj(row -> out.value(row, "sky")))
        .containsExactly(null, "clear", "clear", null, null, "fog", null, null, null);
  }

  @Test
  void ofTwoReadingsAtOneTimeTheSameCountsInAnyOrder() {
    RowBatch twice =
        RowBatch.builder(WEATHER)
            .addRow("JFK", HOUR, 1.0, "a")
            .addRow("JFK", HOUR, 2.0, "b")
            .build();
    RowBatch rows = RowBatch.builder(FLIGHTS).addRow("JFK", HOUR).build();
    Lookup lookup = Lookup.in("weather").on("origin").asOf("dep", "hour").take("temp");
    Object forward =
        lookup.fn(LookupTable.of("forward", twice)).apply(rows, RowErrors.fail()).value(0, "temp");
    Object backward =
        lookup
            .fn(LookupTable.of("backward", twice.take(new int[] {1, 0})))
            .apply(rows, RowErrors.fail())
            .value(0, "temp");
    assertThat(backward).isEqualTo(forward);
  }

  @Test
  void byKeysColumnsMayHaveOtherNames() {
    RowSchema airports =
        RowSchema.of(
            Field.required("faa", ValueType.STRING), Field.required("lat", ValueType.DOUBLE));
    RowBatch table = RowBatch.builder(airports).addRow("JFK", 40.6).addRow("LGA", 40.8).build();
    Lookup lookup =
        Lookup.fromJson(
            CanonicalJson.parse(
                "lookup",
                "{\"table\": \"airports\", \"on\": {\"origin\": \"faa\"}, \"take\": {\"lat\":"
                    + " \"origin_lat\"}}"),
            "lookups[0]");
    assertThat(lookup)
        .isEqualTo(Lookup.in("airports").onColumn("origin", "faa").takeColumn("lat", "origin_lat"));
    assertThat(Lookup.fromJson(lookup.toJson(), "lookups[0]")).isEqualTo(lookup);
    RowBatch rows = RowBatch.builder(FLIGHTS).addRow("LGA", 0L).addRow("BOS", 0L).build();
    RowBatch out = lookup.fn(LookupTable.of("airports", table)).apply(rows, RowErrors.fail());
    assertThat(out.schema()).hasToString("{origin: string?, dep: timestamp?, origin_lat: double?}");
    assertThat(out.row(0)).containsExactly("LGA", 0L, 40.8);
    assertThat(out.row(1)).containsExactly("BOS", 0L, null);
  }

  @Test
  void severalKeysMustAllBeEqual() {
    RowSchema schema =
        RowSchema.of(
            Field.required("a", ValueType.STRING),
            Field.required("b", ValueType.INT64),
            Field.required("x", ValueType.STRING));
    RowBatch table =
        RowBatch.builder(schema)
            .addRow("p", 1L, "p1")
            .addRow("p", 2L, "p2")
            .addRow("q", 1L, "q1")
            .build();
    RowBatch rows =
        RowBatch.builder(schema.select(java.util.List.of("a", "b")))
            .addRow("p", 2L)
            .addRow("q", 2L)
            .build();
    RowBatch out =
        Lookup.in("t")
            .on("a", "b")
            .take("x")
            .fn(LookupTable.of("several", table))
            .apply(rows, RowErrors.fail());
    assertThat(out.value(0, "x")).isEqualTo("p2");
    assertThat(out.value(1, "x")).isNull();
  }

  @Test
  void twoRowsOfOneKeyAreRefused() {
    RowBatch rows = RowBatch.builder(FLIGHTS).addRow("JFK", 0L).build();
    assertThatThrownBy(
            () ->
                Lookup.in("weather")
                    .on("origin")
                    .take("temp")
                    .fn(LookupTable.of("weather twice", READINGS))
                    .apply(rows, RowErrors.fail()))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot look up in weather twice: two rows have the same origin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"table": "w", "on": "orign", "take": "temp"} | Invalid lookups[1].on: orign is not a column of weather (did you mean origin?)
          {"table": "w", "on": {"orign": "origin"}, "take": "temp"} | Invalid lookups[1].on: orign is not a column of the input (did you mean origin?)
          {"table": "w", "on": "origin", "take": "tmp"} | Invalid lookups[1].take: tmp is not a column of weather (did you mean temp?)
          {"table": "w", "on": "origin", "at": "dep", "take": "temp"} | Invalid lookups[1].as_of: nothing (must be given with at)
          {"table": "w", "on": "origin", "at": "origin", "as_of": "hour", "take": "temp"} | Invalid lookups[1].at: column origin is string (must be timestamp)
          {"table": "w", "on": {"dep": "origin"}, "take": "temp"} | Invalid lookups[1].on: column dep is timestamp, but origin of weather is string
          {"table": "w", "on": "origin", "take": {"temp": "dep"}} | Invalid lookups[1].take: dep is a column already (give another name: {temp: ...})
          {"table": "w", "on": "origin", "at": "dep", "as_of": "hour", "within": "6 hours", "take": "temp"} | Invalid lookups[1].within: 6 hours (must be a time such as 30m, 6h or 2d, given with at and as_of)
          {"tabel": "w"} | Invalid lookups[1].tabel: unknown key (did you mean table?)
          """)
  void whatIsWrongIsSaidWithItsPlace(String json, String message) {
    assertThatThrownBy(
            () ->
                Lookup.fromJson(CanonicalJson.parse("lookup", json), "lookups[1]")
                    .fn(LookupTable.of("weather", READINGS))
                    .outputSchema(FLIGHTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
