package io.github.beamml.core.chain;

import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
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
  private static final KvCoder<String, Long> COUNT_CODER =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

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

  /**
   * Reads and computes everything in this program, without a pipeline: for as many rows as its
   * memory holds. Fails at the first bad record.
   */
  public RowBatch readAll() {
    List<RowBatch> batches = new ArrayList<>();
    try {
      readAll(source, batches);
    } catch (IOException e) {
      throw CannotException.to("read " + source.name(), String.valueOf(e.getMessage()), e);
    }
    return RowBatch.concat(schema(), batches);
  }

  private <SplitT extends Serializable> void readAll(
      BatchSource<SplitT> typed, List<RowBatch> batches) throws IOException {
    for (SplitT split : typed.splits()) {
      typed.read(
          split,
          new BatchSource.Output() {
            @Override
            public void batch(RowBatch batch) {
              batches.add(pipe.apply(batch, this::bad));
            }

            @Override
            public void bad(BadRecord badRecord) {
              throw ChainFn.failure(badRecord);
            }

            @Override
            public void count(String name, long number) {}
          });
    }
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

  /**
   * As {@link #intoRows}, with what cannot be read or computed beside the rows: {@link
   * ApplyToRows#ROWS} and {@link ApplyToRows#ERRORS}.
   */
  public PTransform<PBegin, PCollectionTuple> intoRowsAndErrors() {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollectionTuple expand(PBegin input) {
        RowSink sink = new RowSink(schema());
        Result<Row> result = input.apply("Chain", into(sink).keepingDeadLetters());
        return PCollectionTuple.of(
                ApplyToRows.ROWS, result.output().setRowSchema(sink.beamSchema()))
            .and(ApplyToRows.ERRORS, result.errors());
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
      TupleTag<KV<String, Long>> counts = new TupleTag<>("counts") {};
      PCollectionTuple tuple =
          input
              .apply("Start", Create.of(source.name()))
              .apply("FindSplits", ParDo.of(new FindSplitsFn<>(typed)))
              .setCoder(SerializableCoder.of(NumberedSplit.class))
              .apply("Spread", Reshuffle.viaRandomKey())
              .apply(
                  "ReadComputeWrite",
                  ParDo.of(new ChainFn<>(typed, pipe, sink, failOrKeep, output, errors, counts))
                      .withOutputTags(output, TupleTagList.of(errors).and(counts)));
      tuple.get(output).setCoder(sink.coder());
      tuple.get(errors).setCoder(BadRecordCoder.of());
      tuple.get(counts).setCoder(COUNT_CODER);
      return new Result<>(tuple, output, errors, counts);
    }
  }

  /** What a chain gives: the sink's elements, dead letters, and the numbers that it counted. */
  public static final class Result<OutT> implements POutput {
    private final PCollectionTuple tuple;
    private final TupleTag<OutT> output;
    private final TupleTag<BadRecord> errors;
    private final TupleTag<KV<String, Long>> counts;

    private Result(
        PCollectionTuple tuple,
        TupleTag<OutT> output,
        TupleTag<BadRecord> errors,
        TupleTag<KV<String, Long>> counts) {
      this.tuple = tuple;
      this.output = output;
      this.errors = errors;
      this.counts = counts;
    }

    public PCollection<OutT> output() {
      return tuple.get(output);
    }

    /** Empty unless dead letters are kept. */
    public PCollection<BadRecord> errors() {
      return tuple.get(errors);
    }

    /** Numbers by name, one element a split; to be summed by name. */
    public PCollection<KV<String, Long>> counts() {
      return tuple.get(counts);
    }

    @Override
    public Pipeline getPipeline() {
      return tuple.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return tuple.expand();
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
