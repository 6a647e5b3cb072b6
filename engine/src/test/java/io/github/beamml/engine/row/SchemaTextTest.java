package io.github.beamml.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.STRING),
          Field.nullable("arr_delay", ValueType.DOUBLE),
          Field.required("at", ValueType.TIMESTAMP));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: string, arr_delay: double?, at: timestamp}",
        "{id:string,arr_delay:double?,at:timestamp}",
        " {\n  id: string,\n  arr_delay: double?,\n  at: timestamp\n} ",
        "{\"id\": \"string\", \"arr_delay\": \"double?\", \"at\": \"timestamp\"}",
      })
  void theFormsOfOneSchemaAreOneSchema(String text) {
    assertThat(SchemaText.parse("schema", text)).isEqualTo(SCHEMA);
  }

  @Test
  void aSchemaReadsItsOwnTexts() {
    assertThat(SchemaText.parse("schema", SCHEMA.toString())).isEqualTo(SCHEMA);
    assertThat(SchemaText.parse("schema", SCHEMA.toJson().toString())).isEqualTo(SCHEMA);
  }

  @Test
  void namesInQuotesMayHoldAnything() {
    assertThat(SchemaText.parse("schema", "{\"a, \\\"b\\\": {c}\": int64?}"))
        .isEqualTo(RowSchema.of(Field.nullable("a, \"b\": {c}", ValueType.INT64)));
  }

  @Test
  void aMapGivesTheSame() {
    assertThat(SchemaText.schema("schema", Map.of("x", "doubles?")))
        .isEqualTo(RowSchema.of(Field.nullable("x", ValueType.DOUBLES)));
  }

  @Test
  void anUnknownTypeIsNamedWithItsColumnAndTheNearest() {
    assertThatThrownBy(() -> SchemaText.field("kafka.schema.delay", "delay", "duoble?"))
        .hasMessage(
            "Invalid kafka.schema.delay: duoble? is not a type, which are boolean, int64, double,"
                + " string, bytes, timestamp, doubles, each with a ? where null is allowed"
                + " (did you mean double?)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{id}", "{id: string", "{id: string,}", "{id: string x: int64}"})
  void anotherFormIsRefused(String text) {
    assertThatThrownBy(() -> SchemaText.parse("schema", text))
        .hasMessage(
            "Invalid schema: " + text + " (must be of the form {id: string, arr_delay: double?})");
  }

  @Test
  void namesOfTheLibraryAndRepeatedNamesAreRefused() {
    assertThatThrownBy(() -> SchemaText.parse("schema", "{_row_key: bytes}"))
        .hasMessage("Invalid schema._row_key: _row_key (must be a name that starts with no _)");
    assertThatThrownBy(() -> SchemaText.parse("schema", "{a: int64, a: double}"))
        .hasMessage("Invalid schema: a (must be a list of distinct names)");
  }
}
