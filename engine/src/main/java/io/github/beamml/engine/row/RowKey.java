package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What makes a row itself: 32 bytes that sampling, splits, folds and bootstrap weights are
 * functions of. With declared fields it is the SHA-256 of those fields in the order of their names;
 * without, of the row's whole content, so that equal rows share a key until {@link #occurrence}
 * tells them apart. Never an offset, a file position or an arrival time.
 */
public final class RowKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> fields;

  private RowKey(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  /** The key of the fields declared; none means the whole content. */
  public static RowKey of(List<String> fields) {
    return new RowKey(fields);
  }

  public boolean isDeclared() {
    return !fields.isEmpty();
  }

  public List<String> fields() {
    return fields;
  }

  /**
   * @param key what named the fields, as the user typed it
   * @throws InvalidInputException if the schema lacks a field of the key
   */
  public void check(RowSchema schema, String key) {
    for (String field : fields) {
      schema.position(field, key);
    }
  }

  /** One key a row, as a column for {@link Field#ROW_KEY}. */
  public BytesColumn compute(RowBatch batch) {
    byte[] keys = RowHash.ofAll(batch, positions(batch.schema()));
    return BytesColumn.ofWidth(keys, Sha256.BYTES);
  }

  /** The batch with its row keys as column {@link Field#ROW_KEY}. */
  public RowBatch attach(RowBatch batch) {
    return batch.with(Field.ROW_KEY, compute(batch));
  }

  /** The key of the n-th (from 0) of rows that share a content key; the first keeps it. */
  public static byte[] occurrence(byte[] key, long n) {
    if (n == 0) {
      return key;
    }
    byte[] bytes = ByteBuffer.allocate(Sha256.BYTES + Long.BYTES).put(key).putLong(n).array();
    return Sha256.of(bytes);
  }

  private int[] positions(RowSchema schema) {
    int[] order = schema.canonicalOrder();
    if (fields.isEmpty()) {
      return order;
    }
    return Arrays.stream(order)
        .filter(position -> fields.contains(schema.field(position).name()))
        .toArray();
  }
}
