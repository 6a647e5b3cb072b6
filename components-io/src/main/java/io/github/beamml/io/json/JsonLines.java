package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.file.FilePattern;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Files of one JSON object a line (UTF-8), read by a declared schema as {@link JsonRows} does. */
public final class JsonLines {
  private JsonLines() {}

  /** Reads files as rows. */
  public static PTransform<PBegin, PCollection<Row>> read(String pattern, RowSchema schema) {
    return Chain.from(source(pattern, schema)).intoRows();
  }

  /** The same as the source of a {@link Chain}; a split is a file. */
  public static BatchSource<String> source(String pattern, RowSchema schema) {
    return new Source(new FilePattern(pattern), schema);
  }

  private record Source(FilePattern pattern, RowSchema schema) implements BatchSource<String> {
    @Override
    public String name() {
      return "read_json";
    }

    @Override
    public List<String> splits() {
      return pattern.match();
    }

    @Override
    public void read(String file, Output output) throws IOException {
      JsonRows rows = new JsonRows(schema);
      RecordBatcher batcher = new RecordBatcher(schema, name(), output);
      try (InputStream in = new BufferedInputStream(FilePattern.open(file), 1 << 16)) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        for (int c = in.read(); c >= 0; c = in.read()) {
          if (c == '\n') {
            add(batcher, rows, line.toByteArray(), file, number++);
            line.reset();
          } else {
            line.write(c);
          }
        }
        if (line.size() > 0) {
          add(batcher, rows, line.toByteArray(), file, number);
        }
      }
      batcher.flush();
    }

    private static void add(
        RecordBatcher batcher, JsonRows rows, byte[] line, String file, long number) {
      batcher.add(line, file + ":" + number, builder -> rows.append(builder, line));
    }
  }
}
