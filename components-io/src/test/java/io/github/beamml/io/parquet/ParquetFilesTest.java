package io.github.beamml.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.file.FilePattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.nullable("flag", ValueType.BOOLEAN),
          Field.required("count", ValueType.INT64),
          Field.nullable("ratio", ValueType.DOUBLE),
          Field.nullable("text", ValueType.STRING),
          Field.nullable("raw", ValueType.BYTES),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("list", ValueType.DOUBLES));

  @TempDir Path folder;

  private static RowBatch rows(int count) {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    for (int i = 0; i < count; i++) {
      if (i % 7 == 3) {
        builder.addRow(null, (long) i, null, null, null, null, null);
      } else {
        builder.addRow(
            i % 2 == 0,
            (long) i << 33,
            i % 5 == 0 ? Double.NaN : i / 3.0,
            "text " + i % 11,
            new byte[i % 4],
            1_000_000L * i,
            new double[i % 3]);
      }
    }
    return builder.build();
  }

  private static byte[] write(RowBatch... batches) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetBatchWriter writer = ParquetBatchWriter.open(out, SCHEMA)) {
      for (RowBatch batch : batches) {
        writer.write(batch);
      }
    }
    return out.toByteArray();
  }

  private static RowBatch read(byte[] file, RowSchema schema) throws IOException {
    List<RowBatch> batches = new ArrayList<>();
    ParquetFileFormat.read(
        "f", FilePattern.overBytes(file), schema, 0, Integer.MAX_VALUE, batches::add);
    return RowBatch.concat(schema, batches);
  }

  @Test
  void everyTypeAndNullComesBackAsItWas() throws IOException {
    RowBatch rows = rows(10_000);
    byte[] file = write(rows);
    assertThat(ParquetFileFormat.schema("f", FilePattern.overBytes(file))).isEqualTo(SCHEMA);
    RowBatch read = read(file, SCHEMA);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(read.row(row).toArray()).isEqualTo(rows.row(row).toArray());
    }
    assertThat(Fingerprint.of(read)).isEqualTo(Fingerprint.of(rows));
  }

  @Test
  void theSameRowsGiveTheSameBytesHoweverTheyAreBatched() throws IOException {
    RowBatch rows = rows(100);
    int[] first = IntStream.range(0, 37).toArray();
    int[] second = IntStream.range(37, 100).toArray();
    assertThat(write(rows.take(first), rows.take(second))).isEqualTo(write(rows));
  }

  @Test
  void someColumnsCanBeReadInAnyOrder() throws IOException {
    RowSchema some =
        RowSchema.of(
            Field.nullable("text", ValueType.STRING), Field.nullable("count", ValueType.INT64));
    RowBatch read = read(write(rows(10)), some);
    assertThat(read.row(4)).containsExactly("text 4", 4L << 33);
  }

  @Test
  void instantsOfEveryUnitAndDatesAreMicroseconds() {
    assertThat(
            IntegerScale.of(Types.required(PrimitiveTypeName.INT64).named("n"))
                .apply(Long.MIN_VALUE))
        .isEqualTo(Long.MIN_VALUE);
    IntegerScale millis =
        IntegerScale.of(
            Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                .named("ms"));
    assertThat(millis.apply(-1_500)).isEqualTo(-1_500_000);
    assertThatThrownBy(() -> millis.apply(Long.MAX_VALUE))
        .hasMessage("Cannot read column ms: an instant is too far away");
    IntegerScale nanos =
        IntegerScale.of(
            Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS))
                .named("ns"));
    assertThat(nanos.apply(-1_500_000)).isEqualTo(-1_500);
    assertThatThrownBy(() -> nanos.apply(1))
        .hasMessage("Cannot read column ns: an instant is finer than a microsecond");
    IntegerScale days =
        IntegerScale.of(
            Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.dateType())
                .named("d"));
    assertThat(days.apply(-1)).isEqualTo(-86_400_000_000L);
  }

  @Test
  void wrongColumnsAndFilesAreNamed() throws IOException {
    byte[] file = write(rows(1));
    RowSchema missing = RowSchema.of(Field.required("cuont", ValueType.INT64));
    assertThatThrownBy(() -> read(file, missing))
        .hasMessage("Cannot read f: it has no column cuont");
    RowSchema wrong = RowSchema.of(Field.required("ratio", ValueType.DOUBLE));
    assertThatThrownBy(() -> read(file, wrong))
        .hasMessage("Cannot read f: column ratio is double? there, not double");
    assertThatThrownBy(() -> read(new byte[] {1, 2, 3}, SCHEMA))
        .hasMessageStartingWith("Cannot read f: it is not a Parquet file");
  }

  @Test
  void aPipelineReadsWhatItWrote() throws IOException {
    Path in = folder.resolve("in");
    Files.createDirectories(in);
    Files.write(in.resolve("a.parquet"), write(rows(100)));
    Files.write(in.resolve("b.parquet"), write(rows(50)));

    Pipeline writing = Pipeline.create();
    PCollection<String> files =
        writing
            .apply(ParquetFiles.read(in + "/*.parquet"))
            .apply(ParquetFiles.write(folder.resolve("out").toString(), 3));
    PAssert.thatSingleton(files.apply(Count.globally())).isEqualTo(3L);
    writing.run().waitUntilFinish();

    Pipeline reading = Pipeline.create();
    PCollection<Row> rows = reading.apply(ParquetFiles.read(folder.resolve("out").toString()));
    PAssert.thatSingleton(rows.apply(Count.globally())).isEqualTo(150L);
    reading.run().waitUntilFinish();
  }

  @Test
  void aPatternWithoutFilesIsNamed() {
    assertThatThrownBy(() -> ParquetFiles.read(folder + "/none/*.parquet"))
        .hasMessage("Cannot read " + folder + "/none/*.parquet: there is no such file");
  }
}
