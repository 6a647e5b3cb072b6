package io.github.beamml.features;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.feature.FitAccumulator;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.SplitPart;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Accumulates the states of a pass over a bundle of rows. */
final class AccumulateFn extends DoFn<Row, KV<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final RowSchema schema;
  private final @Nullable SplitPart part;
  private final PCollectionView<Fitting> view;
  private transient @Nullable FitAccumulator accumulator;
  private transient @Nullable RowBatchBuilder buffer;

  AccumulateFn(RowSchema schema, @Nullable SplitPart part, PCollectionView<Fitting> view) {
    this.schema = schema;
    this.part = part;
    this.view = view;
  }

  @StartBundle
  public void startBundle() {
    accumulator = null;
    buffer = RowBatch.builder(schema);
  }

  @ProcessElement
  public void process(ProcessContext context) {
    if (accumulator == null) {
      if (!(context.sideInput(view) instanceof FitPass pass) || !pass.needsRows()) {
        return; // an earlier pass has fitted everything
      }
      accumulator = pass.accumulator();
    }
    RowBatchBuilder rows = Objects.requireNonNull(buffer);
    BeamRows.append(rows, context.element());
    if (rows.size() == RowBatch.DEFAULT_ROWS) {
      flush(rows);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (accumulator != null && buffer != null) {
      flush(buffer);
      accumulator
          .states()
          .forEach(
              (key, state) ->
                  context.output(
                      KV.of(key, state),
                      GlobalWindow.INSTANCE.maxTimestamp(),
                      GlobalWindow.INSTANCE));
    }
    accumulator = null;
    buffer = null;
  }

  private void flush(RowBatchBuilder rows) {
    RowBatch batch = rows.build();
    if (accumulator != null) {
      accumulator.add(part == null ? batch : part.select(batch));
    }
  }
}
