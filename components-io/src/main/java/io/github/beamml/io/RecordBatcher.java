package io.github.beamml.io;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;

/**
 * Collects the rows that records of one split become into batches, and hands the others on as dead
 * letters.
 */
public final class RecordBatcher {
  private final RowBatchBuilder builder;
  private final BatchSource.Output output;
  private final String component;

  public RecordBatcher(RowSchema schema, String component, BatchSource.Output output) {
    this.builder = RowBatch.builder(schema);
    this.component = component;
    this.output = output;
  }

  /** Turns a record into a row of the builder. */
  public interface Parser {
    void append(RowBatchBuilder builder) throws RecordReject;
  }

  /**
   * Adds a record.
   *
   * @throws RecordReject if it is refused; the caller hands its bytes to {@link #reject}
   */
  public void add(Parser parser) throws RecordReject {
    parser.append(builder);
    if (builder.size() == RowBatch.DEFAULT_ROWS) {
      flush();
    }
  }

  /**
   * Hands a record on as a dead letter.
   *
   * @param record its bytes
   * @param origin where it stands
   */
  public void reject(byte[] record, String origin, RecordReject reject) {
    output.bad(new BadRecord(record, reject.reason(), reject.message(), component, origin));
  }

  /** Hands on what is left. */
  public void flush() {
    if (builder.size() > 0) {
      output.batch(builder.build());
    }
  }
}
