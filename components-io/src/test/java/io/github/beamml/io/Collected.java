package io.github.beamml.io;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All that a source reads, in this program. */
public final class Collected implements BatchSource.Output {
  private final List<List<Object>> rows = new ArrayList<>();
  private final List<BadRecord> bad = new ArrayList<>();
  private final TreeMap<String, Long> counts = new TreeMap<>();

  public static <SplitT extends Serializable> Collected from(BatchSource<SplitT> source)
      throws IOException {
    Collected collected = new Collected();
    for (SplitT split : source.splits()) {
      source.read(split, collected);
    }
    return collected;
  }

  @Override
  public void batch(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      rows.add(batch.row(row));
    }
  }

  @Override
  public void bad(BadRecord badRecord) {
    bad.add(badRecord);
  }

  @Override
  public void count(String name, long number) {
    counts.merge(name, number, Long::sum);
  }

  public List<List<Object>> rows() {
    return rows;
  }

  /** Values of the first column. */
  public List<Object> firsts() {
    return rows.stream().map(row -> row.get(0)).toList();
  }

  public List<BadRecord> bad() {
    return bad;
  }

  public List<String> reasons() {
    return bad.stream().map(BadRecord::reason).toList();
  }

  public TreeMap<String, Long> counts() {
    return counts;
  }
}
