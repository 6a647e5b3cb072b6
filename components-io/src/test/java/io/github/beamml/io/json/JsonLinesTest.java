package io.github.beamml.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import io.github.beamml.io.RecordReject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("text", ValueType.STRING),
          Field.nullable("x", ValueType.DOUBLE),
          Field.nullable("ok", ValueType.BOOLEAN),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("raw", ValueType.BYTES),
          Field.nullable("xs", ValueType.DOUBLES));

  @TempDir Path folder;

  private Collected read(String content) throws IOException {
    Path file = folder.resolve("f.jsonl");
    Files.writeString(file, content);
    return Collected.from(JsonLines.source(file.toString(), SCHEMA));
  }

  @Test
  void deadLettersNameFileAndLine() throws IOException {
    Collected read = read("\ufeff{\"id\": 1}\r\n{\"id\": }\n\n{\"id\": 4}");
    assertThat(read.firsts()).containsExactly(1L, 4L);
    assertThat(read.reasons()).containsExactly("not_json", "empty");
    assertThat(read.bad().get(0).origin()).isEqualTo(folder.resolve("f.jsonl") + ":2");
    assertThat(new String(read.bad().get(0).record(), UTF_8)).isEqualTo("{\"id\": }");
  }

  @Test
  void aVastLineCostsItselfAlone() throws IOException {
    Collected read = read("{\"id\": 1}\n\"" + "v".repeat(5 << 20) + "\"\n{\"id\": 2}\n");
    assertThat(read.firsts()).containsExactly(1L, 2L);
    assertThat(read.reasons()).containsExactly("too_long");
    assertThat(read.bad().get(0).record()).hasSize((1 << 20) + 1);
  }

  @Test
  void rangesOfAnyLengthGiveEachLineOnce() throws IOException {
    String content =
        "\ufeff{\"id\": 1, \"text\": \"\u6771\u4eac\"}\r\n"
            + "{\"id\": }\n\n"
            + "{\"id\": 4}\n\r\n"
            + "{\"id\": 5}";
    Collected whole = read(content);
    assertThat(whole.firsts()).containsExactly(1L, 4L, 5L);
    String file = folder.resolve("f.jsonl").toString();
    for (int bytes = 1; bytes < 100; bytes++) {
      Collected ranges = Collected.from(JsonLines.source(file, SCHEMA, bytes));
      assertThat(ranges.rows()).as("ranges of " + bytes).isEqualTo(whole.rows());
      assertThat(ranges.reasons()).isEqualTo(whole.reasons());
    }
  }

  @Test
  void aLaterRangeNamesTheByteThatALineStartsAt() throws IOException {
    read("{\"id\": 1}\n{\"id\": }\n{\"id\": 3}\nno\n{\"id\": 4}\n");
    String file = folder.resolve("f.jsonl").toString();
    Collected ranges = Collected.from(JsonLines.source(file, SCHEMA, 12));
    assertThat(ranges.firsts()).containsExactly(1L, 3L, 4L);
    assertThat(ranges.bad().stream().map(BadRecord::origin))
        .containsExactly(file + ":2", file + "@29");
  }

  @Test
  void aCompressedFileIsOneRange() throws IOException {
    Path file = folder.resolve("f.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"id\": 1}\n{\"id\": 2}\n{}\n".getBytes(UTF_8));
    }
    Collected read = Collected.from(JsonLines.source(file.toString(), SCHEMA, 5));
    assertThat(read.firsts()).containsExactly(1L, 2L);
    assertThat(read.bad().get(0).origin()).isEqualTo(file + ":3");
  }

  @Test
  void rowsAreWrittenInOneFormAndReadBackAsTheyWere() throws RecordReject {
    RowBatch rows =
        RowBatch.builder(SCHEMA.with(Field.ROW_KEY))
            .addRow(
                Long.MAX_VALUE,
                "a\"b\n\u0001ü\ud83d\ude00",
                1.0E-300,
                true,
                -1L,
                new byte[] {1, 2},
                new double[] {0.1, 1e21},
                new byte[32])
            .addRow(1L, null, null, null, null, null, null, new byte[32])
            .build();
    JsonRowWriter writer = new JsonRowWriter(rows.schema());
    assertThat(new String(writer.toBytes(rows, 0), UTF_8))
        .isEqualTo(
            "{\"id\":9223372036854775807,\"text\":\"a\\\"b\\n\\u0001ü\\uD83D\\uDE00\","
                + "\"x\":1e-300,\"ok\":true,\"at\":\"1969-12-31T23:59:59.999999Z\","
                + "\"raw\":\"AQI=\",\"xs\":[0.1,1e+21]}");
    var builder = RowBatch.builder(SCHEMA);
    JsonRows reader = new JsonRows(SCHEMA);
    reader.append(builder, writer.toBytes(rows, 0));
    reader.append(builder, writer.toBytes(rows, 1));
    RowBatch read = builder.build();
    for (int row = 0; row < 2; row++) {
      assertThat(read.row(row).toArray()).isEqualTo(rows.select(SCHEMA.names()).row(row).toArray());
    }
  }

  @Test
  void numbersWithoutAFormInJsonAreRefused() {
    RowSchema schema = RowSchema.of(Field.required("x", ValueType.DOUBLE));
    RowBatch rows = RowBatch.builder(schema).addRow(Double.NaN).build();
    assertThatThrownBy(() -> new JsonRowWriter(schema).toBytes(rows, 0))
        .hasMessage("Cannot write column x: NaN and infinities have no form as text");
  }

  @Test
  void aPipelineReadsWhatItWrote() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\": 1, \"x\": 0.5}\n{\"id\": 2}\n");
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(JsonLines.read(folder + "/*.jsonl", SCHEMA))
        .apply(JsonLines.write(folder.resolve("out").toString(), 1));
    pipeline.run().waitUntilFinish();
    Collected read = Collected.from(JsonLines.source(folder.resolve("out").toString(), SCHEMA));
    assertThat(read.firsts()).containsExactlyInAnyOrder(1L, 2L);
  }
}
