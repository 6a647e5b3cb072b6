package io.github.beamml.features;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Applies features that the same pipeline fits: bounded rows in the global window, in batches. Rows
 * keep their timestamps, which travel as a column.
 */
final class ApplyFittedFn extends DoFn<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_PER_BATCH = 1000;
  private static final Field TIMESTAMP = Field.required("_element_timestamp", ValueType.INT64);

  private final RowSchema schema;
  private final Schema outputSchema;
  private final PCollectionView<Fitting> view;
  private transient @Nullable FittedFeatures features;
  private transient @Nullable RowBatchBuilder buffer;

  private interface Output {
    void row(Row row, Instant timestamp);
  }

  ApplyFittedFn(RowSchema schema, Schema outputSchema, PCollectionView<Fitting> view) {
    this.schema = schema.with(TIMESTAMP);
    this.outputSchema = outputSchema;
    this.view = view;
  }

  /** Results are emitted with the timestamps of earlier rows of the bundle. */
  @Override
  @SuppressWarnings("deprecation") // Beam offers nothing else for it.
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  @StartBundle
  public void startBundle() {
    features = null;
    buffer = RowBatch.builder(schema);
  }

  @ProcessElement
  public void process(ProcessContext context) {
    if (features == null) {
      features = RequireFittedFn.require(context.sideInput(view));
    }
    RowBatchBuilder rows = Objects.requireNonNull(buffer);
    rows.setLong(schema.size() - 1, context.timestamp().getMillis());
    BeamRows.append(rows, context.element());
    if (rows.size() == ROWS_PER_BATCH) {
      flush(rows, context::outputWithTimestamp);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (buffer != null) {
      flush(buffer, (row, timestamp) -> context.output(row, timestamp, GlobalWindow.INSTANCE));
    }
    features = null;
    buffer = null;
  }

  private void flush(RowBatchBuilder rows, Output output) {
    RowBatch batch = rows.build();
    if (features == null || batch.size() == 0) {
      return;
    }
    RowBatch result = features.apply(batch, RowErrors.fail());
    RowBatch visible = result.without(Set.of(TIMESTAMP.name()));
    int timestamps = result.schema().position(TIMESTAMP.name());
    for (int row = 0; row < result.size(); row++) {
      output.row(
          BeamRows.toRow(outputSchema, visible, row),
          Instant.ofEpochMilli(result.longs(timestamps).get(row)));
    }
  }
}
