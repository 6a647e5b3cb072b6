package io.github.beamml.core.chain;

import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Bounded input of a {@link Chain}: splits that are each read on one worker.
 *
 * @param <SplitT> a part of the input, such as a file or an offset range
 */
public interface BatchSource<SplitT extends Serializable> extends Serializable {
  /** The component's name, for dead letters and messages. */
  String name();

  /** The schema of every batch; known when the pipeline is built. */
  RowSchema schema();

  /** The parts to read, found on a worker; a retry must find the same ones. */
  List<SplitT> splits() throws IOException;

  /** Reads one split from its start to its end. */
  void read(SplitT split, Output output) throws IOException;

  /** Takes what a source reads. */
  interface Output {
    void batch(RowBatch batch);

    void bad(BadRecord badRecord);

    /** Adds to a number that the chain reports, such as records outside the window. */
    void count(String name, long number);
  }
}
