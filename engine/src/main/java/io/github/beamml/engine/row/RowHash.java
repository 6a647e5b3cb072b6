package io.github.beamml.engine.row;

import io.github.beamml.engine.hash.Sha256;

/**
 * A row's content as 32 bytes: SHA-256 of its data fields in the order of their names. The order of
 * the schema, its nullability and the system columns do not matter.
 */
public final class RowHash {
  private RowHash() {}

  /** The hashes of all rows, 32 bytes each, one after the other. */
  public static byte[] ofAll(RowBatch batch) {
    return ofAll(batch, batch.schema().canonicalOrder());
  }

  /** As {@link #ofAll(RowBatch)}, over the fields at these positions, in this order. */
  static byte[] ofAll(RowBatch batch, int[] positions) {
    byte[] hashes = new byte[Math.multiplyExact(batch.size(), Sha256.BYTES)];
    CanonicalRowBytes bytes = new CanonicalRowBytes(batch, positions);
    Sha256 sha256 = new Sha256();
    for (int row = 0; row < batch.size(); row++) {
      bytes.encode(row);
      sha256.update(bytes.buffer(), 0, bytes.length()).finishInto(hashes, row * Sha256.BYTES);
    }
    return hashes;
  }
}
