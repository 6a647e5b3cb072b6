package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.WriteRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.file.ShardSink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Avro object container files as rows and back. See {@link AvroTypes} for the types; always read as
 * generic data, so that no class named in a file is loaded.
 */
public final class AvroFiles {
  private static final int SYNC_BYTES = 16;
  private static final int DEFLATE_LEVEL = 6;

  private AvroFiles() {}

  /**
   * Reads all columns of files; the schema is the first file's, found when the pipeline is built.
   *
   * @throws CannotException if there is no file or it cannot be read
   */
  public static PTransform<PBegin, PCollection<Row>> read(String pattern) {
    return Chain.from(source(pattern)).intoRows();
  }

  /** As {@link #read(String)}, as the source of a {@link Chain}; a split is a file. */
  public static BatchSource<String> source(String pattern) {
    return source(pattern, schemaOf(pattern));
  }

  /** Reads the columns of {@code schema} only. */
  public static BatchSource<String> source(String pattern, RowSchema schema) {
    return new AvroSource(new FilePattern(pattern), schema);
  }

  /**
   * The schema of the first of the files.
   *
   * @throws CannotException if there is no file or it cannot be read
   */
  public static RowSchema schemaOf(String pattern) {
    String file = new FilePattern(pattern).match().get(0);
    try (DataFileStream<GenericRecord> records = open(file)) {
      return AvroTypes.toRowSchema(file, records.getSchema());
    } catch (IOException e) {
      throw CannotException.to("read " + file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes bounded rows into {@code shards} files of a folder and gives their names. Which file a
   * row is in depends on its content alone.
   *
   * @throws InvalidInputException on a worker, if a column's name is not one that Avro allows
   */
  public static PTransform<PCollection<Row>, PCollection<String>> write(String folder, int shards) {
    return WriteRows.into(sink(folder), shards);
  }

  /** Writes one file a split, as the sink of a {@link Chain}; gives the files' names. */
  public static BatchSink<String> sink(String folder) {
    return new ShardSink(folder, ".avro", AvroFiles::openWriter);
  }

  static DataFileStream<GenericRecord> open(String file) throws IOException {
    var in = new BufferedInputStream(FilePattern.open(file), 1 << 16);
    try {
      return new DataFileStream<>(in, new GenericDatumReader<>());
    } catch (IOException | AvroRuntimeException e) {
      in.close();
      throw CannotException.to(
          "read " + file, "it is not an Avro file (" + e.getMessage() + ")", e);
    }
  }

  @SuppressWarnings("resource") // closed with the writer that is returned
  private static ShardSink.ShardWriter openWriter(OutputStream stream, RowSchema schema)
      throws IOException {
    Schema avro = AvroTypes.toAvro(schema);
    // Not random, as it would be otherwise: the same rows give the same bytes.
    byte[] sync = Arrays.copyOf(Sha256.of(Utf8.bytes(avro.toString())), SYNC_BYTES);
    DataFileWriter<GenericRecord> file =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(avro))
            .setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL))
            .create(avro, stream, sync);
    List<Field> fields = schema.dataFields();
    return new ShardSink.ShardWriter() {
      @Override
      public void write(RowBatch batch) throws IOException {
        List<Column> columns = fields.stream().map(field -> batch.column(field.name())).toList();
        GenericRecord record = new GenericData.Record(avro);
        for (int row = 0; row < batch.size(); row++) {
          for (int i = 0; i < columns.size(); i++) {
            record.put(i, AvroValues.toAvro(columns.get(i), row));
          }
          file.append(record);
        }
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
