package io.github.beamml.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class DescriptorTest {
  private static final Parameter<String> PATH =
      Parameter.string("path", "Files to read.").required();
  private static final Parameter<Long> ROWS =
      Parameter.atLeast(1, Parameter.int64("batch_rows", "Rows of a batch.").defaultTo(4096L));
  private static final Descriptor DESCRIPTOR =
      Descriptor.of("read_things", "Reads things.", PATH, ROWS).withErrors();

  @Test
  void theSchemaIsSortedDescribedAndNullableWhereOptional() {
    Schema schema = DESCRIPTOR.schema();
    assertThat(schema.getFieldNames()).containsExactly("batch_rows", "error_handling", "path");
    assertThat(schema.getField("path").getDescription()).isEqualTo("Files to read.");
    assertThat(schema.getField("path").getType().getNullable()).isFalse();
    assertThat(schema.getField("batch_rows").getType().getNullable()).isTrue();
    assertThat(DESCRIPTOR.urn()).isEqualTo("beamml:schematransform:read_things:v1");
  }

  @Test
  void rowsAreReadWithDefaults() {
    Row row =
        Row.withSchema(DESCRIPTOR.schema())
            .withFieldValue("path", "x")
            .withFieldValue(
                "error_handling",
                Row.withSchema(
                        DESCRIPTOR.schema().getField("error_handling").getType().getRowSchema())
                    .addValue("bad")
                    .build())
            .build();
    Configuration configuration = DESCRIPTOR.read(row);
    assertThat(configuration.get(PATH)).isEqualTo("x");
    assertThat(configuration.get(ROWS)).isEqualTo(4096);
    assertThat(configuration.errorOutput()).contains("bad");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThatThrownBy(() -> DESCRIPTOR.read("", Map.of()))
        .hasMessage("Invalid path: missing (must be given: Files to read.)");
    assertThatThrownBy(() -> DESCRIPTOR.read("", Map.of("path", "x", "batch_rows", 0L)))
        .hasMessage("Invalid batch_rows: 0 (must be at least 1)");
    assertThatThrownBy(() -> DESCRIPTOR.read("", Map.of("paht", "x")))
        .hasMessage("Invalid paht: unknown key (did you mean path?)");
    assertThat(DESCRIPTOR.parameters()).isEqualTo(List.of(ROWS, PATH));
  }
}
