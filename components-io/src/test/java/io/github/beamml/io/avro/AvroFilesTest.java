package io.github.beamml.io.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroFilesTest {
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

  private Path write(String name, RowBatch rows) throws IOException {
    Path target = folder.resolve(name);
    var writer = AvroFiles.sink(target.toString()).open(rows.schema(), "1", file -> {});
    writer.write(rows);
    writer.finish();
    return target.resolve("shard-1.avro");
  }

  private static RowBatch rows(int count) {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    for (int i = 0; i < count; i++) {
      if (i % 3 == 1) {
        builder.addRow(null, (long) i, null, null, null, null, null);
      } else {
        builder.addRow(
            i % 2 == 0,
            (long) i << 33,
            i % 5 == 0 ? Double.NaN : i / 3.0,
            "tëxt " + i,
            new byte[i % 4],
            1_000_001L * i,
            new double[i % 3]);
      }
    }
    return builder.build();
  }

  @Test
  void everyTypeAndNullComesBackAsItWas() throws IOException {
    RowBatch rows = rows(5_000);
    String file = write("all", rows).toString();
    assertThat(AvroFiles.schemaOf(file)).isEqualTo(SCHEMA);
    Collected read = Collected.from(AvroFiles.source(file));
    assertThat(read.rows()).hasSize(5_000);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(read.rows().get(row).toArray()).isEqualTo(rows.row(row).toArray());
    }
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws IOException {
    assertThat(Files.readAllBytes(write("a", rows(100))))
        .isEqualTo(Files.readAllBytes(write("b", rows(100))));
  }

  @Test
  void filesOfOthersAreRead() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Theirs", "fields": [
                  {"name": "i", "type": "int"},
                  {"name": "f", "type": ["float", "null"]},
                  {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}},
                  {"name": "x", "type": {"type": "fixed", "name": "X", "size": 2}},
                  {"name": "ms", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "fs", "type": {"type": "array", "items": "float"}},
                  {"name": "b", "type": "bytes"}]}
                """);
    GenericRecord record = new GenericData.Record(schema);
    record.put("i", -7);
    record.put("f", 0.5f);
    record.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "B"));
    record.put("x", new GenericData.Fixed(schema.getField("x").schema(), new byte[] {1, 2}));
    record.put("ms", 1_500L);
    record.put("fs", List.of(1f, 2f));
    record.put("b", ByteBuffer.wrap(new byte[] {9}));
    Path file = folder.resolve("theirs.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))
            .create(schema, file.toFile())) {
      writer.append(record);
      record.put("f", null);
      record.put("ms", Long.MAX_VALUE);
      writer.append(record);
    }
    assertThat(AvroFiles.schemaOf(file.toString()).toString())
        .isEqualTo(
            "{i: int64, f: double?, e: string, x: bytes, ms: timestamp, fs: doubles, b: bytes}");
    Collected read = Collected.from(AvroFiles.source(file.toString()));
    assertThat(read.rows().get(0).toArray())
        .isEqualTo(
            new Object[] {
              -7L, 0.5, "B", new byte[] {1, 2}, 1_500_000L, new double[] {1, 2}, new byte[] {9}
            });
    assertThat(read.reasons()).containsExactly("out_of_range");
    assertThat(read.bad().get(0).origin()).isEqualTo(file + "#2");
  }

  @Test
  void wrongColumnsTypesAndFilesAreNamed() throws IOException {
    String file = write("w", rows(2)).toString();
    RowSchema missing = RowSchema.of(Field.required("cuont", ValueType.INT64));
    assertThatThrownBy(() -> Collected.from(AvroFiles.source(file, missing)))
        .hasMessage("Cannot read " + file + ": it has no column cuont");
    RowSchema wrong = RowSchema.of(Field.required("ratio", ValueType.DOUBLE));
    assertThatThrownBy(() -> Collected.from(AvroFiles.source(file, wrong)))
        .hasMessage("Cannot read " + file + ": column ratio is double? there, not double");
    Path text = folder.resolve("text.avro");
    Files.writeString(text, "no Avro here");
    assertThatThrownBy(() -> AvroFiles.schemaOf(text.toString()))
        .hasMessageStartingWith("Cannot read " + text + ": it is not an Avro file (");
    byte[] damaged = Files.readAllBytes(Path.of(file));
    damaged[damaged.length - 3] ^= 1;
    Files.write(text, damaged);
    assertThatThrownBy(() -> Collected.from(AvroFiles.source(text.toString())))
        .hasMessageStartingWith("Cannot read " + text + ": it is damaged (");
    RowSchema blank = RowSchema.of(Field.required("a b", ValueType.INT64));
    assertThatThrownBy(() -> write("n", RowBatch.empty(blank)))
        .hasMessage("Invalid column: a b (must be a name of letters, digits and _ in Avro)");
    Schema local =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "d", "type": {"type": "int", "logicalType": "date"}}]}
                """);
    assertThatThrownBy(() -> AvroTypes.toRowSchema("f", local))
        .hasMessage(
            "Cannot read f: column d has a type that rows have not:"
                + " {\"type\":\"int\",\"logicalType\":\"date\"}");
  }

  @Test
  void aPipelineReadsWhatItWrote() throws IOException {
    Path in = write("in", rows(50));
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(AvroFiles.read(in.toString()))
        .apply(AvroFiles.write(folder.resolve("out").toString(), 3));
    pipeline.run().waitUntilFinish();
    assertThat(Collected.from(AvroFiles.source(folder.resolve("out").toString())).rows())
        .hasSize(50);
  }
}
