package io.github.beamml.workflow.command;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.csv.CsvFormat;
import io.github.beamml.io.parquet.ParquetFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of raw rows: the columns that a model reads, in its types, and whatever else is there. */
final class ScoreInput {
  private final BatchSource<?> source;

  /** Takes rows in the file's order. */
  interface Rows {
    void batch(RowBatch batch) throws IOException;
  }

  private ScoreInput(BatchSource<?> source) {
    this.source = source;
  }

  /**
   * @param file .csv, .jsonl, .json or .parquet
   * @param csv how a CSV file is written, as {@code read_csv} has it
   * @param read what the model reads
   * @throws InvalidInputException if a column is missing or the extension is another
   */
  static ScoreInput open(String file, Map<String, String> csv, RowSchema read) {
    if (!Files.exists(Path.of(file))) {
      throw InvalidInputException.of("--input", file, "a file");
    }
    return new ScoreInput(
        switch (extension(file)) {
          case "csv" -> csv(file, CsvFormat.of("--csv", csv), read);
          case "json", "jsonl" -> JsonObjects.in(file, read);
          case "parquet" -> parquet(file, read);
          default ->
              throw InvalidInputException.of("--input", file, "a .csv, .jsonl or .parquet file");
        });
  }

  static String extension(String file) {
    String name = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static BatchSource<?> csv(String file, CsvFormat format, RowSchema read) {
    RowSchema header = CsvFiles.schemaOf(file, format);
    checkColumns(file, header, read);
    return CsvFiles.source(file, typed(header, read), format);
  }

  private static BatchSource<?> parquet(String file, RowSchema read) {
    RowSchema columns = ParquetFiles.schemaOf(file);
    checkColumns(file, columns, read);
    for (Field field : read.fields()) {
      Field found = columns.field(field.name());
      if (found.type() != field.type()) {
        throw InvalidInputException.of(
            "--input",
            "column " + field.name() + " of " + file + " is " + found.type().label(),
            field.type().label());
      }
    }
    return ParquetFiles.source(file, typed(columns, read));
  }

  /** The file's columns, those that the model reads as it reads them. */
  static RowSchema typed(RowSchema columns, RowSchema read) {
    List<Field> fields = new ArrayList<>();
    for (Field column : columns.fields()) {
      fields.add(read.has(column.name()) ? read.field(column.name()) : column);
    }
    return RowSchema.of(fields);
  }

  /** A column that is not there is never taken for one of nulls. */
  static void checkColumns(String file, RowSchema columns, RowSchema read) {
    for (String name : read.names()) {
      if (!columns.has(name)) {
        throw InvalidInputException.of(
            "--input",
            file + " has no column " + name,
            "a file with the columns " + String.join(", ", read.names()));
      }
    }
  }

  RowSchema schema() {
    return source.schema();
  }

  /**
   * @throws CannotException naming the place of the first record that does not fit
   */
  void read(Rows rows) throws IOException {
    read(source, rows);
  }

  private static <SplitT extends Serializable> void read(BatchSource<SplitT> source, Rows rows)
      throws IOException {
    for (SplitT split : source.splits()) {
      source.read(
          split,
          new BatchSource.Output() {
            @Override
            public void batch(RowBatch batch) {
              try {
                rows.batch(batch);
              } catch (IOException e) {
                throw CannotException.to("write scores", String.valueOf(e.getMessage()), e);
              }
            }

            @Override
            public void bad(BadRecord record) {
              throw CannotException.to("read " + record.origin(), record.message());
            }

            @Override
            public void count(String name, long number) {}
          });
    }
  }
}
