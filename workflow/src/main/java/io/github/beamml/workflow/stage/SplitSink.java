package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.split.SplitReport;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.ShardFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;

/** Writes each part into files of its own and counts on the way; gives lines about both. */
final class SplitSink implements BatchSink<String> {
  private static final long serialVersionUID = 1L;
  private static final String SHARD = "shard ";
  private static final String REPORT = "report ";

  private final DatasetSink files;
  private final Split split;
  private final String label;
  private final @Nullable String group;

  private SplitSink(DatasetSink files, Split split, String label, @Nullable String group) {
    this.files = files;
    this.split = split;
    this.label = label;
    this.group = group;
  }

  /**
   * @param group the column whose values should each be in one part; null for none
   */
  static SplitSink into(
      String folder, List<String> parts, Split split, String label, @Nullable String group) {
    return new SplitSink(DatasetSink.into(folder, parts, split::assign), split, label, group);
  }

  /** What the lines say. */
  record Result(List<ShardFile> shards, SplitReport report) {}

  /** Reads the lines of all splits. */
  Result parse(List<String> lines) {
    List<ShardFile> shards = new ArrayList<>();
    SplitReport report = SplitReport.empty(label, group);
    for (String line : lines) {
      if (line.startsWith(SHARD)) {
        shards.add(ShardFile.fromLine(line.substring(SHARD.length())));
      } else {
        byte[] bytes =
            CanonicalJson.bytes(
                CanonicalJson.parse("split report", line.substring(REPORT.length())));
        report.merge(SplitReport.parse(label, group, bytes));
      }
    }
    return new Result(shards, report);
  }

  @Override
  public Coder<String> coder() {
    return StringUtf8Coder.of();
  }

  @Override
  public Writer open(RowSchema schema, String shard, Consumer<String> output) throws IOException {
    Writer parts = files.open(schema, shard, file -> output.accept(SHARD + file.toLine()));
    SplitReport report = SplitReport.empty(label, group);
    return new Writer() {
      @Override
      public void write(RowBatch batch) throws IOException {
        report.add(batch, split.assign(batch));
        parts.write(batch);
      }

      @Override
      public void finish() throws IOException {
        parts.finish();
        output.accept(REPORT + CanonicalJson.text(report.toJson()));
      }

      @Override
      public void abort() {
        parts.abort();
      }
    };
  }
}
