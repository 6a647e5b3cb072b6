package io.github.beamml.core.chain;

import io.github.beamml.core.chain.Chain.FailOrKeep;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a bundle window by window, computes them as batches and unpacks the results.
 * A row's timestamp travels as a column, since a function may drop rows.
 */
final class ApplyToRowsFn extends DoFn<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_PER_BATCH = 1000;
  private static final Field TIMESTAMP = Field.required("_element_timestamp", ValueType.INT64);

  private final BatchPipe pipe;
  private final RowSchema batchSchema;
  private final Schema outputSchema;
  private final FailOrKeep failOrKeep;
  private final TupleTag<BadRecord> errors;
  private transient @Nullable Map<BoundedWindow, RowBatchBuilder> buffers;

  ApplyToRowsFn(
      BatchPipe pipe,
      Schema inputSchema,
      Schema outputSchema,
      FailOrKeep failOrKeep,
      TupleTag<BadRecord> errors) {
    this.pipe = pipe;
    this.batchSchema = BeamRows.toRowSchema(inputSchema).with(TIMESTAMP);
    this.outputSchema = outputSchema;
    this.failOrKeep = failOrKeep;
    this.errors = errors;
  }

  /** Results are emitted with the timestamps of earlier rows of the bundle. */
  @Override
  @SuppressWarnings("deprecation") // there is no other way to emit behind the current element
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  @StartBundle
  public void startBundle() {
    buffers = new LinkedHashMap<>();
  }

  @ProcessElement
  public void process(
      @Element Row row,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver receiver) {
    RowBatchBuilder buffer =
        buffers().computeIfAbsent(window, unseen -> RowBatch.builder(batchSchema));
    append(buffer, row, timestamp, bad -> receiver.get(errors).output(bad));
    if (buffer.size() == ROWS_PER_BATCH) {
      compute(
          buffer.build(),
          (result, at) -> receiver.get(ApplyToRows.ROWS).outputWithTimestamp(result, at),
          bad -> receiver.get(errors).output(bad));
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    buffers()
        .forEach(
            (window, buffer) ->
                compute(
                    buffer.build(),
                    (result, at) -> context.output(ApplyToRows.ROWS, result, at, window),
                    bad -> context.output(errors, bad, window.maxTimestamp(), window)));
    buffers = null;
  }

  private Map<BoundedWindow, RowBatchBuilder> buffers() {
    if (buffers == null) {
      throw new IllegalStateException("outside a bundle");
    }
    return buffers;
  }

  private void append(RowBatchBuilder buffer, Row row, Instant timestamp, Consumer<BadRecord> bad) {
    buffer.setLong(batchSchema.size() - 1, timestamp.getMillis());
    try {
      BeamRows.append(buffer, row);
    } catch (InvalidInputException e) {
      String message = String.valueOf(e.getMessage());
      refuse(new BadRecord(new byte[0], "wrong_value", message, "rows", "row"), bad);
    }
  }

  private interface ResultOutput {
    void output(Row result, Instant timestamp);
  }

  private void compute(RowBatch batch, ResultOutput results, Consumer<BadRecord> bad) {
    RowBatch result = pipe.apply(batch, refused -> refuse(refused, bad));
    int timestamps = result.schema().position(TIMESTAMP.name());
    RowBatch visible = result.without(Set.of(TIMESTAMP.name()));
    for (int row = 0; row < result.size(); row++) {
      results.output(
          BeamRows.toRow(outputSchema, visible, row),
          Instant.ofEpochMilli(result.longs(timestamps).get(row)));
    }
  }

  private void refuse(BadRecord bad, Consumer<BadRecord> output) {
    if (failOrKeep == FailOrKeep.FAIL) {
      throw CannotException.to("continue " + bad.component(), bad.message());
    }
    output.accept(bad);
  }
}
