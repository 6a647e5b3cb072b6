package io.github.beamml.engine.lookup;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowHash;
import io.github.beamml.engine.row.StringColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table's rows by key, and within a key by time. */
final class LookupIndex {
  private static final int NONE = -1;

  /** The rows of a key, ascending by time. */
  private record Group(long[] times, int[] rows) {}

  private final RowBatch table;
  private final Map<Object, Group> groups = new HashMap<>();

  private LookupIndex(RowBatch table) {
    this.table = table;
  }

  static LookupIndex of(Lookup lookup, String name, RowBatch table) {
    LookupIndex index = new LookupIndex(table);
    List<Column> keys = lookup.tableOn().stream().map(table::column).toList();
    LongColumn times = lookup.asOf() == null ? null : (LongColumn) table.column(lookup.asOf());
    Map<Object, List<Integer>> rows = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      Object key = key(keys, row);
      if (key != null && (times == null || !times.isNull(row))) {
        rows.computeIfAbsent(key, unseen -> new ArrayList<>()).add(row);
      }
    }
    byte[] hashes = times == null ? new byte[0] : RowHash.ofAll(table);
    rows.forEach(
        (key, found) -> {
          if (times == null && found.size() > 1) {
            throw CannotException.to(
                "look up in " + name,
                "two rows have the same " + String.join(", ", lookup.tableOn()));
          }
          index.groups.put(key, group(found, times, hashes));
        });
    return index;
  }

  private static Group group(List<Integer> rows, @Nullable LongColumn times, byte[] hashes) {
    if (times == null) {
      return new Group(new long[0], new int[] {rows.get(0)});
    }
    rows.sort(
        (a, b) -> {
          int order = Long.compare(times.get(a), times.get(b));
          return order != 0 ? order : compareHashes(hashes, a, b);
        });
    return new Group(
        rows.stream().mapToLong(times::get).toArray(),
        rows.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int compareHashes(byte[] hashes, int a, int b) {
    return Arrays.compareUnsigned(
        hashes,
        a * Sha256.BYTES,
        (a + 1) * Sha256.BYTES,
        hashes,
        b * Sha256.BYTES,
        (b + 1) * Sha256.BYTES);
  }

  /** Null where a key column is. */
  private static @Nullable Object key(List<Column> keys, int row) {
    if (keys.size() == 1) {
      return keys.get(0).value(row);
    }
    List<Object> values = new ArrayList<>(keys.size());
    for (Column column : keys) {
      Object value = column.value(row);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  RowBatch table() {
    return table;
  }

  /** For each row of the batch the table's row; -1 where there is none. */
  int[] match(Lookup lookup, RowBatch batch) {
    List<Column> keys = lookup.on().stream().map(batch::column).toList();
    LongColumn times = lookup.at() == null ? null : (LongColumn) batch.column(lookup.at());
    @Nullable Group[] byCode = null;
    StringColumn strings = null;
    if (keys.size() == 1 && keys.get(0) instanceof StringColumn only) {
      strings = only;
      byCode = new @Nullable Group[only.dictionary().length];
      if (byCode.length <= batch.size()) {
        for (int code = 0; code < byCode.length; code++) {
          byCode[code] = groups.get(only.dictionary()[code]);
        }
      } else {
        byCode = null; // fewer rows than entries: a dictionary that a selection has left behind
      }
    }
    int[] matches = new int[batch.size()];
    for (int row = 0; row < matches.length; row++) {
      Group group;
      if (strings != null && byCode != null) {
        group = strings.isNull(row) ? null : byCode[strings.codes()[row]];
      } else {
        Object key = key(keys, row);
        group = key == null ? null : groups.get(key);
      }
      matches[row] = group == null ? NONE : find(group, times, row, lookup.maxAgeMicros());
    }
    return matches;
  }

  private static int find(Group group, @Nullable LongColumn times, int row, long maxAge) {
    if (times == null) {
      return group.rows()[0];
    }
    if (times.isNull(row)) {
      return NONE;
    }
    long time = times.get(row);
    int low = 0;
    int high = group.times().length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (group.times()[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0 || time - group.times()[low - 1] > maxAge) {
      return NONE;
    }
    return group.rows()[low - 1];
  }
}
