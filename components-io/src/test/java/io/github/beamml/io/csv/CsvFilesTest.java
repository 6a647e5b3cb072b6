package io.github.beamml.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFilesTest {
  private static final CsvFormat RFC = CsvFormat.rfc4180();
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.STRING),
          Field.nullable("n", ValueType.INT64),
          Field.nullable("x", ValueType.DOUBLE),
          Field.nullable("ok", ValueType.BOOLEAN),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("raw", ValueType.BYTES));

  @TempDir Path folder;

  private Collected read(String content, RowSchema schema, CsvFormat format) throws IOException {
    return read(content.getBytes(UTF_8), schema, format);
  }

  private Collected read(byte[] content, RowSchema schema, CsvFormat format) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.write(file, content);
    return Collected.from(CsvFiles.source(file.toString(), schema, format));
  }

  private Collected read(String content) throws IOException {
    return read(content, SCHEMA, RFC);
  }

  @Test
  void recordsBecomeRowsWhateverTheColumnsOrder() throws IOException {
    Collected read =
        read(
            "n,id,x,ok,at,raw\n"
                + "-3,a,2.5e-1,true,2013-01-01T00:00:00.000001-05:00,AQI=\n"
                + ",b,,,,\n"
                + "1.0,\"\",.5,FALSE,,\n");
    assertThat(read.bad()).isEmpty();
    assertThat(read.rows().get(0).toArray())
        .isEqualTo(new Object[] {"a", -3L, 0.25, true, 1_357_016_400_000_001L, new byte[] {1, 2}});
    assertThat(read.rows().get(1)).containsExactly("b", null, null, null, null, null);
    assertThat(read.rows().get(2)).containsExactly("", 1L, 0.5, false, null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void quotesHoldSeparatorsQuotesAndLineBreaks(String end) throws IOException {
    RowSchema schema =
        RowSchema.of(Field.nullable("a", ValueType.STRING), Field.nullable("b", ValueType.STRING));
    String text =
        "\ufeffa,b"
            + end
            + "\"x,y\",\"say \"\"no\"\"\""
            + end
            + "\"1"
            + end
            + "2\",3"
            + end
            + "ü,4";
    Collected read = read(text, schema, RFC);
    assertThat(read.bad()).isEmpty();
    assertThat(read.rows())
        .containsExactly(
            List.of("x,y", "say \"no\""), List.of("1" + end + "2", "3"), List.of("ü", "4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\u0000',
      value = {
        "a,1,2,true,,,!wrong_width!the record has 7 values, not 6",
        "a!wrong_width!the record has 1 values, not 6",
        ",1,2,true,,!missing_value!id is missing or null",
        "a,x,,,,!wrong_type!n is no int64",
        "a,1.5,,,,!out_of_range!n is not a whole 64-bit number",
        "a,1e-999999999,,,,!out_of_range!n is not a whole 64-bit number",
        "a,9223372036854775808,,,,!out_of_range!n is out of range",
        "a,,NaN,,,!wrong_type!x is no double",
        "a,,0x1p3,,,!wrong_type!x is no double",
        "a,,1d,,,!wrong_type!x is no double",
        "a,,\"\",,,!wrong_type!x is no double",
        "a,,1e999,,,!out_of_range!x is out of range",
        "a,,,1,,!wrong_type!ok is no boolean",
        "a,,,,2013-01-01 00:00,!wrong_time!at is not an ISO-8601 instant with zone, of"
            + " microseconds at most",
        "a,,,,,?!wrong_type!raw is not base64",
        "a\"b,,,,,!not_csv!a quote stands inside a value without quotes",
        "\"a\"b,,,,,!not_csv!something stands behind a closing quote",
        "\"a,,,,,!not_csv!a quote is not closed",
      })
  void whatIsWrongIsADeadLetterWithItsLine(String record, String reason, String message)
      throws IOException {
    Collected read = read("id,n,x,ok,at,raw\nfirst,,,,,\n" + record + "\nlast,,,,,\n");
    assertThat(read.firsts()).containsExactly("first", "last");
    assertThat(read.reasons()).containsExactly(reason);
    assertThat(read.bad().get(0).message()).isEqualTo(message);
    assertThat(read.bad().get(0).origin()).isEqualTo(folder.resolve("f.csv") + ":3");
    assertThat(new String(read.bad().get(0).record(), UTF_8)).isEqualTo(record);
  }

  @Test
  void aRecordWithABadByteEndsWhereItsQuotesSay() throws IOException {
    byte[] content =
        "id,n,x,ok,at,raw\nfirst,,,,,\n\"?\nsecond,,,,,\nend\",,,,,\nlast,,,,,\n".getBytes(UTF_8);
    content["id,n,x,ok,at,raw\nfirst,,,,,\n\"".length()] = (byte) 0xf6;
    Collected read = read(content, SCHEMA, RFC);
    assertThat(read.reasons()).containsExactly("not_utf8");
    assertThat(read.firsts()).containsExactly("first", "last");
  }

  @Test
  void emptyLinesAndBytesThatAreNoTextAreDeadLetters() throws IOException {
    byte[] content = "id,n,x,ok,at,raw\n\n?,,,,,\n".getBytes(UTF_8);
    content[content.length - 7] = (byte) 0xc3;
    Collected read = read(content, SCHEMA, RFC);
    assertThat(read.reasons()).containsExactly("empty", "not_utf8");
  }

  @Test
  void linesAreCountedThroughQuotedLineBreaks() throws IOException {
    Collected read = read("id,n,x,ok,at,raw\n\"1\n2\n3\",,,,,\nbad\n\"4\n5\",x,,,,\n");
    assertThat(read.bad().stream().map(bad -> bad.origin().split(":", -1)[1]))
        .containsExactly("5", "6");
  }

  @Test
  void aVastRecordCostsItsOwnLineAlone() throws IOException {
    String vast = "v".repeat(3 << 20);
    Collected read =
        read("id,n,x,ok,at,raw\n" + vast + ",,,,,\na,,,,,\n\"" + vast + "\",,,,,\nb,,,,,\n");
    assertThat(read.firsts()).containsExactly("a", "b");
    assertThat(read.reasons()).containsExactly("too_long", "too_long");
    Collected huge = read("id,n,x,ok,at,raw\n" + "v".repeat(70_000) + ",,,,,\n");
    assertThat(huge.reasons()).containsExactly("too_long");
  }

  @Test
  void theFormatCanBeChanged() throws IOException {
    RowSchema schema =
        RowSchema.of(
            Field.required("id", ValueType.STRING),
            Field.nullable("x", ValueType.DOUBLE),
            Field.nullable("at", ValueType.TIMESTAMP));
    CsvFormat format =
        RFC.withSeparator(";")
            .withNullText("NA")
            .withZone("America/New_York")
            .ignoringOtherColumns();
    Collected read = read("id;other;x;at\n\"NA\";1;NA;2013-07-01 05:15\n", schema, format);
    assertThat(read.rows().get(0)).containsExactly("NA", null, 1_372_670_100_000_000L);
    Collected ordered = read("a\t1\t\nb\t\t\n", schema, RFC.withSeparator("tab").withoutHeader());
    assertThat(ordered.firsts()).containsExactly("a", "b");
    assertThatThrownBy(() -> RFC.withSeparator("x"))
        .hasMessage("Invalid separator: x (must be one of , ; | tab)");
    assertThatThrownBy(() -> RFC.withZone("America/Newyork"))
        .hasMessageStartingWith("Invalid time_zone: America/Newyork is not a known time zone");
  }

  @Test
  void headersThatDoNotFitAreNamed() {
    String file = folder.resolve("f.csv").toString();
    assertThatThrownBy(() -> read("id,m,x\n"))
        .hasMessage(
            "Cannot read "
                + file
                + ": its header has column m, which the schema lacks (did you mean n?)");
    assertThatThrownBy(() -> read("idd\n", SCHEMA, RFC.ignoringOtherColumns()))
        .hasMessage("Cannot read " + file + ": its header lacks column id (did you mean idd?)");
    assertThatThrownBy(() -> read("id,id\n"))
        .hasMessage("Cannot read " + file + ": its header has column id twice");
    assertThatThrownBy(() -> read(""))
        .hasMessage("Cannot read " + file + ": it has no header line");
    RowSchema arrays = RowSchema.of(Field.required("xs", ValueType.DOUBLES));
    assertThatThrownBy(() -> CsvFiles.source(file, arrays, RFC))
        .hasMessage("Invalid column xs: doubles (must be a type of one value in CSV)");
  }

  @Test
  void aFileSaysItsColumnsAsText() throws IOException {
    Files.writeString(folder.resolve("f.csv"), "id,\"a b\"\n1,2\n");
    RowSchema schema = CsvFiles.schemaOf(folder.resolve("f.csv").toString(), RFC);
    assertThat(schema.toString()).isEqualTo("{id: string?, a b: string?}");
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws IOException {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    builder.addRow("a,\"b\"\r\nc", Long.MIN_VALUE, 1.0E-300, true, -1L, new byte[] {1});
    builder.addRow("", null, null, null, null, null);
    builder.addRow(" NA ", 0L, 123456789.125, false, 1_000_000L, new byte[0]);
    builder.addRow("NA", 0L, -0.0, false, 1_000_000L, new byte[] {(byte) 0xff});
    RowBatch rows = builder.build();
    CsvFormat format = RFC.withNullText("NA");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvRowWriter writer = CsvRowWriter.open(out, SCHEMA, format)) {
      writer.write(rows);
    }
    assertThat(out.toString(UTF_8).lines().skip(3).findFirst()).contains("\"\",NA,NA,NA,NA,NA");
    Collected read = read(out.toByteArray(), SCHEMA, format);
    assertThat(read.bad()).isEmpty();
    for (int row = 0; row < rows.size(); row++) {
      assertThat(read.rows().get(row).toArray()).isEqualTo(rows.row(row).toArray());
    }
  }

  @Test
  void aPipelineReadsWhatItWroteAndCompressedFiles() throws IOException {
    Path in = folder.resolve("in");
    Files.createDirectories(in);
    Files.writeString(in.resolve("a.csv"), "id,n,x,ok,at,raw\na,1,,,,\nb,2,,,,\n");
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(in.resolve("b.csv.gz")))) {
      out.write("id\nc\n".getBytes(UTF_8));
    }
    Pipeline writing = Pipeline.create();
    PAssert.thatSingleton(
            writing
                .apply(CsvFiles.read(in.toString(), SCHEMA))
                .apply(CsvFiles.write(folder.resolve("out").toString(), 2))
                .apply(Count.globally()))
        .satisfies(
            count -> {
              assertThat(count).isBetween(1L, 2L);
              return null;
            });
    writing.run().waitUntilFinish();
    Collected read = Collected.from(CsvFiles.source(folder.resolve("out").toString(), SCHEMA, RFC));
    assertThat(read.firsts()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.rows()).contains(Arrays.asList("b", 2L, null, null, null, null));
  }
}
