package io.github.beamml.core.chain;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;

/**
 * Output of a {@link Chain}: takes the batches of one split at a time and hands on a few elements
 * about them, such as the name of a written file or the state of a statistic.
 */
public interface BatchSink<OutT> extends Serializable {
  Coder<OutT> coder();

  /**
   * Opens a writer for one split.
   *
   * @param shard a name that no other split and no other attempt at this one has
   * @param output takes what is to be said of the split, at any time until it is finished
   */
  Writer open(RowSchema schema, String shard, Consumer<OutT> output) throws IOException;

  /** Takes the batches of one split. */
  interface Writer {
    void write(RowBatch batch) throws IOException;

    /** Completes what was written. */
    void finish() throws IOException;

    /** Gives up after a failure and releases what is held. */
    default void abort() {}
  }
}
