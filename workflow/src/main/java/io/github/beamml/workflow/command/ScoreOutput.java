package io.github.beamml.workflow.command;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.ValueTexts;
import io.github.beamml.io.json.JsonRowWriter;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where scored rows go. */
interface ScoreOutput extends Closeable {
  void write(RowBatch batch) throws IOException;

  /**
   * @param name whose extension says the format
   * @throws InvalidInputException if it is another than .csv, .jsonl or .parquet
   */
  static ScoreOutput toFile(Path file, String name, RowSchema schema) throws IOException {
    return switch (ScoreInput.extension(name)) {
      case "csv" -> new Csv(writer(file), schema, true);
      case "json", "jsonl" -> new Json(writer(file), schema, true);
      case "parquet" -> parquet(Files.newOutputStream(file), schema);
      default ->
          throw InvalidInputException.of("--output", name, "a .csv, .jsonl or .parquet file");
    };
  }

  /** In the input's format, or as CSV where that is none of text. */
  static ScoreOutput toScreen(PrintWriter out, String input, RowSchema schema) {
    return ScoreInput.extension(input).startsWith("json")
        ? new Json(out, schema, false)
        : new Csv(out, schema, false);
  }

  private static PrintWriter writer(Path file) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }

  private static ScoreOutput parquet(OutputStream stream, RowSchema schema) throws IOException {
    ParquetBatchWriter writer = ParquetBatchWriter.open(stream, schema);
    return new ScoreOutput() {
      @Override
      public void write(RowBatch batch) throws IOException {
        writer.write(batch);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  /** Comma-separated values with a header. */
  final class Csv implements ScoreOutput {
    private final PrintWriter out;
    private final List<Field> fields;
    private final boolean ours;

    Csv(PrintWriter out, RowSchema schema, boolean ours) {
      this.out = out;
      this.fields = schema.dataFields();
      this.ours = ours;
      line(fields.stream().map(Field::name).map(Csv::quoted).toList());
    }

    @Override
    public void write(RowBatch batch) throws IOException {
      List<Column> columns = fields.stream().map(field -> batch.column(field.name())).toList();
      for (int row = 0; row < batch.size(); row++) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
          line.append(i == 0 ? "" : ",");
          if (!columns.get(i).isNull(row)) {
            line.append(quoted(ValueTexts.of(fields.get(i), columns.get(i), row)));
          }
        }
        out.print(line.append('\n'));
      }
      checkWritten(out, ours);
    }

    private void line(List<String> cells) {
      out.print(cells.stream().collect(Collectors.joining(",", "", "\n")));
    }

    private static String quoted(String text) {
      boolean plain =
          !text.isEmpty()
              && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
      finish(out, ours);
    }
  }

  /** One JSON object a line. */
  final class Json implements ScoreOutput {
    private final PrintWriter out;
    private final JsonRowWriter rows;
    private final boolean ours;

    Json(PrintWriter out, RowSchema schema, boolean ours) {
      this.out = out;
      this.rows = new JsonRowWriter(schema);
      this.ours = ours;
    }

    @Override
    public void write(RowBatch batch) throws IOException {
      for (int row = 0; row < batch.size(); row++) {
        out.print(new String(rows.toBytes(batch, row), StandardCharsets.UTF_8) + "\n");
      }
      checkWritten(out, ours);
    }

    @Override
    public void close() throws IOException {
      finish(out, ours);
    }
  }

  private static void finish(PrintWriter out, boolean ours) throws IOException {
    checkWritten(out, ours);
    if (ours) {
      out.close();
    }
  }

  /** A PrintWriter keeps its errors to itself. */
  private static void checkWritten(PrintWriter out, boolean ours) throws IOException {
    if (out.checkError()) {
      if (ours) {
        throw new IOException("the rows could not be written");
      }
      throw new OutputClosed();
    }
  }
}
