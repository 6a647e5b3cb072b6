package io.github.beamml.training;

import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowKeyFn;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where row keys come from: fields declared; else the keys that the rows have; else the whole
 * content, equal rows being told apart by their number.
 */
record RowIdentity(List<String> fields) implements Serializable {
  private static final long serialVersionUID = 1L;

  private boolean isContent(RowSchema rows) {
    return fields.isEmpty() && !rows.has(Field.ROW_KEY.name());
  }

  /** What attaches the keys. */
  List<BatchFn> functions(RowSchema rows) {
    return isContent(rows) || !fields.isEmpty()
        ? List.of(RowKeyFn.of(RowKey.of(fields)))
        : List.of();
  }

  /** Whether the keys of rows that have come together are to be {@link #numbered}. */
  boolean needsNumbers(RowSchema rows) {
    return isContent(rows);
  }

  /** Rows of equal content are equal, so it does not matter which of them has which number. */
  static RowBatch numbered(RowBatch rows) {
    byte[] keys = LabelledRows.keys(rows);
    Map<ByteBuffer, Long> seen = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      BytesColumn column = (BytesColumn) rows.column(Field.ROW_KEY.name());
      byte[] key = column.get(row);
      long occurrence = seen.merge(ByteBuffer.wrap(key), 1L, Long::sum) - 1;
      System.arraycopy(
          RowKey.occurrence(key, occurrence), 0, keys, row * Sha256.BYTES, Sha256.BYTES);
    }
    return rows.with(Field.ROW_KEY, BytesColumn.ofWidth(keys, Sha256.BYTES));
  }
}
