package io.github.beamml.io.csv;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.WriteRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.file.RecordBytes;
import io.github.beamml.io.file.ShardSink;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * CSV files (RFC 4180, UTF-8 with or without a byte order mark, {@code .gz} too) as rows of a
 * declared schema and back. Nothing is guessed: a record that does not fit is a dead letter with
 * its file and line, for the reasons {@code empty}, {@code not_utf8}, {@code not_csv}, {@code
 * wrong_width}, {@code missing_value}, {@code wrong_type}, {@code out_of_range}, {@code wrong_time}
 * or {@code too_long}.
 *
 * <p>Nothing between two separators is null, {@code ""} is the empty text. Booleans are true or
 * false; bytes are base64; arrays do not fit into CSV.
 */
public final class CsvFiles {
  private CsvFiles() {}

  /**
   * Reads files with a header and commas as rows; the first record that does not fit fails.
   *
   * @throws InvalidInputException if the schema has a column of arrays
   */
  public static PTransform<PBegin, PCollection<Row>> read(String pattern, RowSchema schema) {
    return Chain.from(source(pattern, schema, CsvFormat.rfc4180())).intoRows();
  }

  /** The same in any format as the source of a {@link Chain}; a split is a file. */
  public static BatchSource<String> source(String pattern, RowSchema schema, CsvFormat format) {
    checkColumns(schema);
    return new Source(new FilePattern(pattern), schema, format);
  }

  /**
   * The columns that the first file's header names, all as {@code string?}: what a file says of
   * itself.
   *
   * @throws CannotException if there is no file or it has no header
   */
  public static RowSchema schemaOf(String pattern, CsvFormat format) {
    String file = new FilePattern(pattern).match().get(0);
    try (RecordBytes in = RecordBytes.open(file)) {
      return RowSchema.of(
          header(new CsvRecords(in, format.separator()), file).stream()
              .map(name -> Field.nullable(name, ValueType.STRING))
              .toList());
    } catch (IOException e) {
      throw CannotException.to("read " + file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes bounded rows into {@code shards} files of a folder, each with a header, and gives their
   * names. Which file a row is in depends on its content alone.
   */
  public static PTransform<PCollection<Row>, PCollection<String>> write(String folder, int shards) {
    return write(folder, shards, CsvFormat.rfc4180());
  }

  /** As {@link #write(String, int)}, in any format. */
  public static PTransform<PCollection<Row>, PCollection<String>> write(
      String folder, int shards, CsvFormat format) {
    return WriteRows.into(sink(folder, format), shards);
  }

  /** Writes one file a split, as the sink of a {@link Chain}; gives the files' names. */
  public static BatchSink<String> sink(String folder, CsvFormat format) {
    return new ShardSink(
        folder,
        ".csv",
        (stream, schema) -> {
          checkColumns(schema);
          return CsvRowWriter.open(stream, schema, format);
        });
  }

  private static void checkColumns(RowSchema schema) {
    for (Field field : schema.fields()) {
      if (field.type() == ValueType.DOUBLES) {
        throw InvalidInputException.of(
            "column " + field.name(), field.typeLabel(), "a type of one value in CSV");
      }
    }
  }

  private static List<String> header(CsvRecords records, String file) throws IOException {
    if (!records.next()) {
      throw CannotException.to("read " + file, "it has no header line");
    }
    try {
      return records.split().stream().map(CsvRecords.Value::text).toList();
    } catch (RecordReject e) {
      throw CannotException.to("read " + file, "its header is not CSV: " + e.message(), e);
    }
  }

  private record Source(FilePattern pattern, RowSchema schema, CsvFormat format)
      implements BatchSource<String> {
    @Override
    public String name() {
      return "read_csv";
    }

    @Override
    public List<String> splits() {
      return pattern.match();
    }

    @Override
    public void read(String file, Output output) throws IOException {
      RecordBatcher batcher = new RecordBatcher(schema, name(), output);
      try (RecordBytes in = RecordBytes.open(file)) {
        CsvRecords records = new CsvRecords(in, format.separator());
        CsvRows rows =
            format.hasHeader()
                ? CsvRows.ofHeader(schema, format, file, header(records, file))
                : CsvRows.inOrder(schema, format);
        while (records.next()) {
          try {
            List<CsvRecords.Value> values = records.split();
            batcher.add(builder -> rows.append(builder, values));
          } catch (RecordReject e) {
            batcher.reject(records.bytes(), file + ":" + records.line(), e);
            records.leave();
          }
        }
      }
      batcher.flush();
    }
  }
}
