package io.github.beamml.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.RecordReject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.STRING),
          Field.nullable("n", ValueType.INT64),
          Field.nullable("x", ValueType.DOUBLE),
          Field.nullable("ok", ValueType.BOOLEAN),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("raw", ValueType.BYTES),
          Field.nullable("xs", ValueType.DOUBLES));

  private final RowBatchBuilder builder = RowBatch.builder(SCHEMA);
  private final JsonRows rows = new JsonRows(SCHEMA);

  private void append(String json) throws RecordReject {
    rows.append(builder, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anObjectBecomesARow() throws RecordReject {
    append(
        "{\"x\": 2, \"id\": \"a\", \"n\": -3, \"ok\": true, \"xs\": [1, 2.5],"
            + " \"at\": \"2013-01-01T00:00:00.000001-05:00\", \"raw\": \"AQI=\"}");
    append("{\"id\": \"b\", \"n\": null, \"x\": 1e-3}");
    append("{\"id\": \"c\", \"n\": 1.0e3}");
    RowBatch batch = builder.build();
    assertThat(batch.row(0).toArray())
        .isEqualTo(
            new Object[] {
              "a", -3L, 2.0, true, 1_357_016_400_000_001L, new byte[] {1, 2}, new double[] {1, 2.5}
            });
    assertThat(batch.row(1)).containsExactly("b", null, 0.001, null, null, null, null);
    assertThat(batch.value(2, "n")).isEqualTo(1000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"id\": \"a\"|not_json",
        "{\"id\": \"a\"} {\"id\": \"a\"}|not_json",
        "{\"id\": \"a\", \"id\": \"b\"}|not_json",
        "{\"id\": \"a\", \"x\": NaN}|not_json",
        "plain words|not_json",
        "[{\"id\": \"a\"}]|not_an_object",
        "7|not_an_object",
        "{\"id\": \"a\", \"y\": 1}|unknown_field",
        "{\"n\": 1}|missing_value",
        "{\"id\": null}|missing_value",
        "{\"id\": 7}|wrong_type",
        "{\"id\": \"a\", \"n\": \"7\"}|wrong_type",
        "{\"id\": \"a\", \"x\": \"NaN\"}|wrong_type",
        "{\"id\": \"a\", \"x\": {\"y\": 1}}|wrong_type",
        "{\"id\": \"a\", \"ok\": 1}|wrong_type",
        "{\"id\": \"a\", \"at\": 1357016400}|wrong_type",
        "{\"id\": \"a\", \"raw\": \"!\"}|wrong_type",
        "{\"id\": \"a\", \"xs\": [\"1\"]}|wrong_type",
        "{\"id\": \"a\", \"n\": 9223372036854775808}|out_of_range",
        "{\"id\": \"a\", \"n\": 1.5}|out_of_range",
        "{\"id\": \"a\", \"n\": 1e999999999}|out_of_range",
        "{\"id\": \"a\", \"x\": 1e999}|out_of_range",
        "{\"id\": \"a\", \"at\": \"2013-02-30T00:00:00Z\"}|wrong_time",
        "{\"id\": \"a\", \"at\": \"2013-01-01T00:00:00\"}|wrong_time",
        "{\"id\": \"a\", \"at\": \"2013-01-01T00:00:00.1234567Z\"}|wrong_time",
        "{\"id\": \"\\ud800\"}|lone_surrogate",
      })
  void whatIsWrongIsCountedByItsReason(String json, String reason) throws RecordReject {
    RecordReject reject = catchThrowableOfType(RecordReject.class, () -> append(json));
    assertThat(reject.reason()).isEqualTo(reason);
    append("{\"id\": \"good\"}");
    RowBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.row(0)).containsExactly("good", null, null, null, null, null, null);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] broken = "{\"id\": \"?\"}".getBytes(StandardCharsets.UTF_8);
    broken[8] = (byte) 0xc3;
    RecordReject utf8 =
        catchThrowableOfType(RecordReject.class, () -> rows.append(builder, broken));
    assertThat(utf8.reason()).isEqualTo("not_utf8");
    RecordReject empty =
        catchThrowableOfType(RecordReject.class, () -> rows.append(builder, new byte[0]));
    assertThat(empty.reason()).isEqualTo("empty");
  }

  @Test
  void hugeAndDeepValuesAreRefusedWithoutReadingThemWhole() {
    RecordReject huge =
        catchThrowableOfType(
            RecordReject.class, () -> append("{\"id\": \"" + "N".repeat(200_000) + "\"}"));
    assertThat(huge.reason()).isEqualTo("too_long");
    RecordReject vast =
        catchThrowableOfType(
            RecordReject.class, () -> append("{\"id\": \"" + "N".repeat(2_000_000) + "\"}"));
    assertThat(vast.reason()).isEqualTo("too_long");
    RecordReject deep =
        catchThrowableOfType(
            RecordReject.class,
            () -> append("{\"id\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
    assertThat(deep.reason()).isEqualTo("not_json");
  }
}
