package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.file.FilePattern;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericRecord;

/** Reads columns of Avro files; a split is a file. */
record AvroSource(FilePattern pattern, RowSchema schema) implements BatchSource<String> {
  @Override
  public String name() {
    return "read_avro";
  }

  @Override
  public List<String> splits() {
    return pattern.match();
  }

  @Override
  public void read(String file, Output output) throws IOException {
    RecordBatcher batcher = new RecordBatcher(schema, name(), output);
    try (DataFileStream<GenericRecord> records = AvroFiles.open(file)) {
      Schema avro = records.getSchema();
      int[] positions = positions(file, avro);
      boolean[] isMillis = new boolean[positions.length];
      for (int i = 0; i < positions.length; i++) {
        isMillis[i] = AvroValues.isMillis(avro.getFields().get(positions[i]).schema());
      }
      for (long number = 1; records.hasNext(); number++) {
        GenericRecord found = records.next();
        try {
          batcher.add(builder -> append(builder, found, positions, isMillis));
        } catch (RecordReject e) {
          batcher.reject(Utf8.bytes(found.toString()), file + "#" + number, e);
        }
      }
    } catch (AvroRuntimeException e) {
      throw CannotException.to("read " + file, "it is damaged (" + e.getMessage() + ")", e);
    }
    batcher.flush();
  }

  private void append(
      RowBatchBuilder builder, GenericRecord found, int[] positions, boolean[] isMillis)
      throws RecordReject {
    try {
      for (int i = 0; i < positions.length; i++) {
        AvroValues.set(builder, i, schema.field(i), found.get(positions[i]), isMillis[i]);
      }
    } catch (RecordReject e) {
      builder.dropRow();
      throw e;
    }
    builder.endRow();
  }

  private int[] positions(String file, Schema avro) {
    int[] positions = new int[schema.size()];
    for (int i = 0; i < positions.length; i++) {
      Field wanted = schema.field(i);
      Schema.Field found = avro.getField(wanted.name());
      if (found == null) {
        throw CannotException.to("read " + file, "it has no column " + wanted.name());
      }
      Field actual = AvroTypes.toField(file, found);
      if (actual.type() != wanted.type() || (actual.nullable() && !wanted.nullable())) {
        throw CannotException.to(
            "read " + file,
            "column "
                + wanted.name()
                + " is "
                + actual.typeLabel()
                + " there, not "
                + wanted.typeLabel());
      }
      positions[i] = found.pos();
    }
    return positions;
  }
}
