package io.github.beamml.engine.lookup;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchCodec;
import io.github.beamml.engine.row.RowSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * A table small enough for a worker's memory. It travels in a job's graph as a reference: {@link
 * #rows} is called once in a process.
 */
public interface LookupTable extends Serializable {
  /**
   * What messages call it, such as its path. Tables of one name in one process must have the same
   * rows.
   */
  String name();

  RowSchema schema();

  /** Reads all rows. */
  RowBatch rows();

  /**
   * A table that travels with its rows: for some thousand rows.
   *
   * @param name unlike that of any other table of the process
   */
  static LookupTable of(String name, RowBatch rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new RowBatchCodec(rows.schema()).encode(rows, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new InMemory(name, rows.schema(), bytes.toByteArray());
  }

  /** See {@link #of}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(String name, RowSchema schema, byte[] bytes) implements LookupTable {
    private static final long serialVersionUID = 1L;

    @Override
    public RowBatch rows() {
      try {
        return new RowBatchCodec(schema).decode(new ByteArrayInputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
