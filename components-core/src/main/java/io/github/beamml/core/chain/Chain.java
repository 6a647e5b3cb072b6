package io.github.beamml.core.chain;

import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * A source, pure functions and a sink fused into one transform: batches pass from one to the next
 * in memory, and the runner sees only the source's splits and what the sink says of each. This is
 * how bounded work runs fast; the same functions applied to rows one transform at a time give the
 * same values.
 *
 * <pre>{@code
 * Chain.Result<ShardFile> written =
 *     pipeline.apply(
 *         Chain.from(ParquetFiles.source("flights/*.parquet")).then(derive).into(sink));
 * }</pre>
 *
 * <p>A row or record that cannot be read or computed fails the pipeline unless {@link
 * Into#keepingDeadLetters} is asked for; then it is in {@link Result#errors}.
 */
public final class Chain {
  private final BatchSource<?> source;
  private final BatchPipe pipe;

  private Chain(BatchSource<?> source, BatchPipe pipe) {
    this.source = source;
    this.pipe = pipe;
  }

  public static Chain from(BatchSource<?> source) {
    return new Chain(source, BatchPipe.of(List.of()));
  }

  /**
   * Adds a function.
   *
   * @throws InvalidInputException if the function does not fit the schema so far
   */
  public Chain then(BatchFn function) {
    Chain longer = new Chain(source, pipe.then(function));
    longer.schema();
    return longer;
  }

  /** The schema of what the functions so far give. */
  public RowSchema schema() {
    return pipe.outputSchema(source.schema());
  }

  /** Ends the chain in a sink. */
  public <OutT> Into<OutT> into(BatchSink<OutT> sink) {
    return new Into<>(source, pipe, sink, FailOrKeep.FAIL);
  }

  /** Ends the chain in rows, for transforms that are not ours. */
  public PTransform<PBegin, PCollection<Row>> intoRows() {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollection<Row> expand(PBegin input) {
        RowSink sink = new RowSink(schema());
        return input.apply("Chain", into(sink)).output().setRowSchema(sink.beamSchema());
      }
    };
  }

  /** What becomes of bad records. */
  enum FailOrKeep {
    FAIL,
    KEEP
  }

  /** The whole chain as a transform. */
  public static final class Into<OutT> extends PTransform<PBegin, Result<OutT>> {
    private static final long serialVersionUID = 1L;

    private final BatchSource<?> source;
    private final BatchPipe pipe;
    private final BatchSink<OutT> sink;
    private final FailOrKeep failOrKeep;

    private Into(
        BatchSource<?> source, BatchPipe pipe, BatchSink<OutT> sink, FailOrKeep failOrKeep) {
      this.source = source;
      this.pipe = pipe;
      this.sink = sink;
      this.failOrKeep = failOrKeep;
    }

    /** Puts bad records into {@link Result#errors} instead of failing at the first. */
    public Into<OutT> keepingDeadLetters() {
      return new Into<>(source, pipe, sink, FailOrKeep.KEEP);
    }

    @Override
    public Result<OutT> expand(PBegin input) {
      return expandTyped(input, source);
    }

    private <SplitT extends Serializable> Result<OutT> expandTyped(
        PBegin input, BatchSource<SplitT> typed) {
      TupleTag<OutT> output = new TupleTag<>("output") {};
      TupleTag<BadRecord> errors = new TupleTag<>("errors") {};
      PCollectionTuple tuple =
          input
              .apply("Start", Create.of(source.name()))
              .apply("FindSplits", ParDo.of(new FindSplitsFn<>(typed)))
              .setCoder(SerializableCoder.of(NumberedSplit.class))
              .apply("Spread", Reshuffle.viaRandomKey())
              .apply(
                  "ReadComputeWrite",
                  ParDo.of(new ChainFn<>(typed, pipe, sink, failOrKeep, output, errors))
                      .withOutputTags(output, TupleTagList.of(errors)));
      return new Result<>(
          input.getPipeline(),
          output,
          tuple.get(output).setCoder(sink.coder()),
          errors,
          tuple.get(errors).setCoder(BadRecordCoder.of()));
    }
  }

  /** What a chain gives: the sink's elements, and dead letters. */
  public static final class Result<OutT> implements POutput {
    private final Pipeline pipeline;
    private final TupleTag<OutT> outputTag;
    private final PCollection<OutT> output;
    private final TupleTag<BadRecord> errorsTag;
    private final PCollection<BadRecord> errors;

    private Result(
        Pipeline pipeline,
        TupleTag<OutT> outputTag,
        PCollection<OutT> output,
        TupleTag<BadRecord> errorsTag,
        PCollection<BadRecord> errors) {
      this.pipeline = pipeline;
      this.outputTag = outputTag;
      this.output = output;
      this.errorsTag = errorsTag;
      this.errors = errors;
    }

    public PCollection<OutT> output() {
      return output;
    }

    /** Empty unless dead letters are kept. */
    public PCollection<BadRecord> errors() {
      return errors;
    }

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(outputTag, output, errorsTag, errors);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
