package io.github.beamml.core.chain;

import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;

/**
 * Applies a {@link BatchFn} to rows, bounded or not: rows of a bundle that share a window are
 * computed as one batch, with the same result as one by one. Each result keeps the timestamp and
 * window of its row. Batches that a bundle ends are emitted without pane information.
 *
 * <p>Output {@link #ROWS} holds the results, {@link #ERRORS} the rows that could not be computed,
 * in the global window; without {@link #keepingDeadLetters} the first such row fails the bundle.
 */
public final class ApplyToRows extends PTransform<PCollection<Row>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<Row> ROWS = new TupleTag<>("rows") {};
  public static final TupleTag<BadRecord> ERRORS = new TupleTag<>("errors") {};

  private final String label;
  private final BatchPipe pipe;
  private final Chain.FailOrKeep failOrKeep;

  private ApplyToRows(String label, BatchPipe pipe, Chain.FailOrKeep failOrKeep) {
    this.label = label;
    this.pipe = pipe;
    this.failOrKeep = failOrKeep;
  }

  public static ApplyToRows of(BatchFn function) {
    return of(List.of(function));
  }

  /** Applies functions one after the other, as one. */
  public static ApplyToRows of(List<BatchFn> functions) {
    String label = String.join("-", functions.stream().map(BatchFn::name).toList());
    return new ApplyToRows(label, BatchPipe.of(functions), Chain.FailOrKeep.FAIL);
  }

  /** Puts rows that cannot be computed into {@link #ERRORS} instead of failing at the first. */
  public ApplyToRows keepingDeadLetters() {
    return new ApplyToRows(label, pipe, Chain.FailOrKeep.KEEP);
  }

  @Override
  public PCollectionTuple expand(PCollection<Row> input) {
    Schema inputSchema = input.getSchema();
    Schema outputSchema =
        BeamRows.toBeamSchema(pipe.outputSchema(BeamRows.toRowSchema(inputSchema)));
    PCollectionTuple results =
        input.apply(
            label,
            ParDo.of(new ApplyToRowsFn(pipe, inputSchema, outputSchema, failOrKeep, ERRORS))
                .withOutputTags(ROWS, TupleTagList.of(ERRORS)));
    PCollection<BadRecord> errors =
        results.get(ERRORS).setCoder(BadRecordCoder.of()).apply("GlobalErrors", globally(input));
    return PCollectionTuple.of(ROWS, results.get(ROWS).setRowSchema(outputSchema))
        .and(ERRORS, errors);
  }

  private static Window<BadRecord> globally(PCollection<Row> input) {
    Window<BadRecord> window = Window.into(new GlobalWindows());
    return input.isBounded() == PCollection.IsBounded.BOUNDED
        ? window
        : window
            .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
            .discardingFiredPanes()
            .withAllowedLateness(Duration.ZERO);
  }
}
