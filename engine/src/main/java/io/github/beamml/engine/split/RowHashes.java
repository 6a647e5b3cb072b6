package io.github.beamml.engine.split;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.hash.StableHash;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import java.nio.ByteBuffer;
import java.util.List;

/** The 64-bit hashes that splits compare with bounds. */
final class RowHashes {
  private RowHashes() {}

  /** The seed of a salt: the first 8 bytes of its SHA-256, big-endian. */
  static long seed(String salt) {
    return ByteBuffer.wrap(Sha256.of(Utf8.bytes(salt))).getLong();
  }

  static void checkKeys(RowSchema schema, String key) {
    if (!schema.has(Field.ROW_KEY.name())) {
      throw InvalidInputException.because(
          key, "the rows have no keys (declare row_key where they are read)");
    }
  }

  /** Of the row keys. */
  static long[] ofKeys(RowBatch batch, long seed) {
    BytesColumn keys = (BytesColumn) batch.column(Field.ROW_KEY.name());
    long[] hashes = new long[batch.size()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = StableHash.ofKey(seed, keys.bytes(), keys.offset(row));
    }
    return hashes;
  }

  /** Of a column's values. */
  static long[] ofValues(RowBatch batch, String column, long seed) {
    BytesColumn digests = RowKey.of(List.of(column)).compute(batch);
    long[] hashes = new long[batch.size()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = StableHash.ofKey(seed, digests.bytes(), digests.offset(row));
    }
    return hashes;
  }

  /** Of the row keys, with a seed of its own for each of a column's values. */
  static long[] ofKeysWithin(RowBatch batch, String stratum, long seed) {
    BytesColumn keys = (BytesColumn) batch.column(Field.ROW_KEY.name());
    long[] hashes = ofValues(batch, stratum, seed);
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = StableHash.ofKey(hashes[row], keys.bytes(), keys.offset(row));
    }
    return hashes;
  }
}
