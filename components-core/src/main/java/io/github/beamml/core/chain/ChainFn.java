package io.github.beamml.core.chain;

import io.github.beamml.core.chain.Chain.FailOrKeep;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Reads one split through the functions into a writer of the sink. */
final class ChainFn<SplitT extends Serializable, OutT> extends DoFn<NumberedSplit, OutT> {
  private static final long serialVersionUID = 1L;

  private final BatchSource<SplitT> source;
  private final BatchPipe pipe;
  private final BatchSink<OutT> sink;
  private final FailOrKeep failOrKeep;
  private final TupleTag<OutT> output;
  private final TupleTag<BadRecord> errors;
  private final TupleTag<KV<String, Long>> counts;

  ChainFn(
      BatchSource<SplitT> source,
      BatchPipe pipe,
      BatchSink<OutT> sink,
      FailOrKeep failOrKeep,
      TupleTag<OutT> output,
      TupleTag<BadRecord> errors,
      TupleTag<KV<String, Long>> counts) {
    this.source = source;
    this.pipe = pipe;
    this.sink = sink;
    this.failOrKeep = failOrKeep;
    this.output = output;
    this.errors = errors;
    this.counts = counts;
  }

  @ProcessElement
  @SuppressWarnings("unchecked") // the splits are those that this source listed
  public void process(@Element NumberedSplit numbered, MultiOutputReceiver receiver)
      throws IOException {
    RowSchema schema = pipe.outputSchema(source.schema());
    // A retry of this split must not meet the files of the attempt before.
    String shard = numbered.number() + "-" + UUID.randomUUID();
    BatchSink.Writer writer = sink.open(schema, shard, receiver.get(output)::output);
    try {
      Output splitOutput = new Output(writer, receiver.get(errors));
      source.read((SplitT) numbered.split(), splitOutput);
      writer.finish();
      splitOutput.counted.forEach((name, n) -> receiver.get(counts).output(KV.of(name, n)));
    } catch (UncheckedIOException e) {
      writer.abort();
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      writer.abort();
      throw e;
    }
  }

  /** What is thrown where dead letters are not kept. */
  static CannotException failure(BadRecord badRecord) {
    return CannotException.to(
        "continue " + badRecord.component(), badRecord.message() + " (" + badRecord.origin() + ")");
  }

  private final class Output implements BatchSource.Output {
    private final BatchSink.Writer writer;
    private final OutputReceiver<BadRecord> bad;
    private final Map<String, Long> counted = new TreeMap<>();

    Output(BatchSink.Writer writer, OutputReceiver<BadRecord> bad) {
      this.writer = writer;
      this.bad = bad;
    }

    @Override
    public void batch(RowBatch batch) {
      try {
        RowBatch result = pipe.apply(batch, this::bad);
        if (result.size() > 0) {
          writer.write(result);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void count(String name, long number) {
      counted.merge(name, number, Math::addExact);
    }

    @Override
    public void bad(BadRecord badRecord) {
      if (failOrKeep == FailOrKeep.FAIL) {
        throw failure(badRecord);
      }
      bad.output(badRecord);
    }
  }
}
