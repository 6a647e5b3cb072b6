package io.github.beamml.engine.exact;

import java.util.Arrays;
import java.util.Optional;

/** Cells in ascending (unsigned) order with the counts up to and including each. */
final class SortedCells {
  private final long[] cells;
  private final long[] upTo;

  SortedCells(long[] cells, long[] counts) {
    this.cells = cells;
    this.upTo = counts.clone();
    for (int i = 1; i < upTo.length; i++) {
      upTo[i] = Math.addExact(upTo[i - 1], upTo[i]);
    }
  }

  int size() {
    return cells.length;
  }

  long cell(int index) {
    return cells[index];
  }

  long count(int index) {
    return upTo[index] - before(index);
  }

  /** How many values are in lower cells. */
  long before(int index) {
    return index == 0 ? 0 : upTo[index - 1];
  }

  long total() {
    return before(cells.length);
  }

  /** The index of the cell that holds the value of the given rank, 1 to {@link #total()}. */
  int find(long rank) {
    int low = 0;
    int high = cells.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo[middle] < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What is left without the counts of {@code other}; empty if it holds more than this. */
  Optional<SortedCells> minus(SortedCells other) {
    long[] kept = new long[cells.length];
    long[] counts = new long[cells.length];
    int size = 0;
    int next = 0;
    for (int i = 0; i < cells.length; i++) {
      long count = count(i);
      if (next < other.size() && other.cell(next) == cells[i]) {
        count -= other.count(next++);
      }
      if (count < 0) {
        return Optional.empty();
      }
      kept[size] = cells[i];
      counts[size] = count;
      size += count > 0 ? 1 : 0;
    }
    return next < other.size()
        ? Optional.empty()
        : Optional.of(new SortedCells(Arrays.copyOf(kept, size), Arrays.copyOf(counts, size)));
  }
}
