package io.github.beamml.io.file;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.row.RowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files that a sink writes, without a pipeline. */
public final class Written {
  private Written() {}

  /** Writes one file and gives its name. */
  public static String by(BatchSink<String> sink, RowBatch rows) throws IOException {
    List<String> files = new ArrayList<>();
    BatchSink.Writer writer = sink.open(rows.schema(), "0", files::add);
    writer.write(rows);
    writer.finish();
    return files.get(0);
  }
}
