package io.github.beamml.features;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.feature.FitAccumulator;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.KV;

/**
 * Takes the training rows of one pass and gives the states of each split by key; {@link
 * MergeStates} joins them.
 */
public final class FitSink implements BatchSink<KV<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FitPass pass;

  private FitSink(FitPass pass) {
    this.pass = pass;
  }

  public static FitSink of(FitPass pass) {
    return new FitSink(pass);
  }

  static KvCoder<String, byte[]> stateCoder() {
    return KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());
  }

  @Override
  public Coder<KV<String, byte[]>> coder() {
    return stateCoder();
  }

  @Override
  public Writer open(RowSchema schema, String shard, Consumer<KV<String, byte[]>> output) {
    FitAccumulator accumulator = pass.accumulator();
    return new Writer() {
      @Override
      public void write(RowBatch batch) {
        accumulator.add(batch);
      }

      @Override
      public void finish() {
        accumulator.states().forEach((key, state) -> output.accept(KV.of(key, state)));
      }
    };
  }
}
