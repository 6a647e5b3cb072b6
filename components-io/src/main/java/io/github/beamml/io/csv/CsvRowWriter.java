package io.github.beamml.io.csv;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.io.ValueTexts;
import io.github.beamml.io.file.ShardSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes rows as CSV that {@link CsvFiles} reads back to the same rows. */
final class CsvRowWriter implements ShardSink.ShardWriter {
  private final OutputStream out;
  private final CsvFormat format;
  private final List<Field> fields;

  private CsvRowWriter(OutputStream out, CsvFormat format, List<Field> fields) {
    this.out = out;
    this.format = format;
    this.fields = fields;
  }

  static CsvRowWriter open(OutputStream stream, RowSchema schema, CsvFormat format)
      throws IOException {
    CsvRowWriter writer =
        new CsvRowWriter(new BufferedOutputStream(stream), format, schema.dataFields());
    if (format.hasHeader()) {
      StringBuilder line = new StringBuilder();
      for (Field field : writer.fields) {
        writer.append(line, field.name());
      }
      writer.end(line);
    }
    return writer;
  }

  /**
   * @throws CannotException if a double is NaN or infinite, which the reader would refuse
   */
  @Override
  public void write(RowBatch batch) throws IOException {
    List<Column> columns = fields.stream().map(field -> batch.column(field.name())).toList();
    StringBuilder line = new StringBuilder();
    for (int row = 0; row < batch.size(); row++) {
      line.setLength(0);
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).isNull(row)) {
          line.append(format.nullText()).append(format.separator());
        } else {
          append(line, ValueTexts.of(fields.get(i), columns.get(i), row));
        }
      }
      end(line);
    }
  }

  private void append(StringBuilder line, String text) {
    boolean isPlain =
        !format.isNull(text)
            && text.chars()
                .noneMatch(c -> c == format.separator() || c == '"' || c == '\n' || c == '\r');
    line.append(isPlain ? text : '"' + text.replace("\"", "\"\"") + '"').append(format.separator());
  }

  private void end(StringBuilder line) throws IOException {
    line.setCharAt(line.length() - 1, '\n');
    out.write(Utf8.bytes(line.toString()));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
