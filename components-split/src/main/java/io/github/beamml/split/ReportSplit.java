package io.github.beamml.split;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.split.SplitReport;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a split does to bounded rows in the global window: one {@link SplitReport} as bytes,
 * for {@link SplitReport#parse}; of no rows an empty one.
 */
public final class ReportSplit extends PTransform<PCollection<Row>, PCollection<byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Split split;
  private final @Nullable String label;
  private final @Nullable String group;

  private ReportSplit(Split split, @Nullable String label, @Nullable String group) {
    this.split = split;
    this.label = label;
    this.group = group;
  }

  public static ReportSplit of(Split split) {
    return new ReportSplit(split, null, null);
  }

  /** Counts this column's values by part. */
  public ReportSplit label(String column) {
    return new ReportSplit(split, column, group);
  }

  /** Looks for values of this column that are in several parts; memory grows with the values. */
  public ReportSplit group(String column) {
    return new ReportSplit(split, label, column);
  }

  @Override
  public PCollection<byte[]> expand(PCollection<Row> input) {
    RowSchema schema = BeamRows.toRowSchema(input.getSchema());
    split.check(schema);
    if (label != null) {
      schema.position(label, "label");
    }
    if (group != null) {
      schema.position(group, "group");
    }
    return input
        .apply("Count", ParDo.of(new CountFn(schema, split, label, group)))
        .setCoder(ByteArrayCoder.of())
        .apply("Merge", Combine.globally(new MergeFn(label, group)))
        .setCoder(ByteArrayCoder.of());
  }

  private static final class CountFn extends DoFn<Row, byte[]> {
    private static final long serialVersionUID = 1L;

    private final RowSchema schema;
    private final Split split;
    private final @Nullable String label;
    private final @Nullable String group;
    private transient @Nullable RowBatchBuilder buffer;
    private transient @Nullable SplitReport report;

    CountFn(RowSchema schema, Split split, @Nullable String label, @Nullable String group) {
      this.schema = schema;
      this.split = split;
      this.label = label;
      this.group = group;
    }

    @StartBundle
    public void startBundle() {
      buffer = RowBatch.builder(schema);
      report = SplitReport.empty(label, group);
    }

    @ProcessElement
    public void process(@Element Row row) {
      RowBatchBuilder rows = Objects.requireNonNull(buffer);
      BeamRows.append(rows, row);
      if (rows.size() == RowBatch.DEFAULT_ROWS) {
        flush(rows);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      SplitReport counted = flush(Objects.requireNonNull(buffer));
      context.output(
          counted.toBytes(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }

    private SplitReport flush(RowBatchBuilder rows) {
      RowBatch batch = rows.build();
      SplitReport counted = Objects.requireNonNull(report);
      counted.add(batch, split.assign(batch));
      return counted;
    }
  }

  private record MergeFn(@Nullable String label, @Nullable String group)
      implements SerializableFunction<Iterable<byte[]>, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] apply(Iterable<byte[]> reports) {
      SplitReport merged = SplitReport.empty(label, group);
      for (byte[] bytes : reports) {
        merged.merge(SplitReport.parse(label, group, bytes));
      }
      return merged.toBytes();
    }
  }
}
