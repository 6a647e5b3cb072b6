package io.github.beamml.engine.evaluation;

import java.util.Arrays;

/** Positives and negatives by cell of equal margins: sparse, sorted, mergeable. */
final class CellCounts {
  private static final int LEAST_PENDING = 1 << 10;

  private int[] cells = {};
  private long[] positives = {};
  private long[] negatives = {};

  // Not yet sorted in: a cell, then whether positive in the lowest bit; and how often.
  private long[] pending = new long[LEAST_PENDING];
  private long[] times = new long[LEAST_PENDING];
  private int waiting;

  void add(int cell, boolean positive, long count) {
    if (waiting == pending.length) {
      settle();
    }
    pending[waiting] = ((long) cell << 1) | (positive ? 1 : 0);
    times[waiting++] = count;
  }

  void merge(CellCounts other) {
    settle();
    other.settle();
    merge(other.cells, other.positives, other.negatives);
  }

  CellCounts copy() {
    settle();
    CellCounts copy = new CellCounts();
    copy.cells = cells.clone();
    copy.positives = positives.clone();
    copy.negatives = negatives.clone();
    return copy;
  }

  int size() {
    settle();
    return cells.length;
  }

  /** The cells, from the lowest margin up. */
  int cell(int at) {
    return cells[at];
  }

  long positives(int at) {
    return positives[at];
  }

  long negatives(int at) {
    return negatives[at];
  }

  /** Sorts in what waits. */
  private void settle() {
    if (waiting == 0) {
      return;
    }
    long[] sorted = new long[waiting];
    for (int i = 0; i < waiting; i++) {
      sorted[i] = (pending[i] << Integer.SIZE) | i; // 29 bits and an index
    }
    Arrays.sort(sorted);
    int[] newCells = new int[waiting];
    long[] newPositives = new long[waiting];
    long[] newNegatives = new long[waiting];
    int size = 0;
    for (long entry : sorted) {
      int cell = (int) (entry >>> (Integer.SIZE + 1));
      if (size == 0 || newCells[size - 1] != cell) {
        newCells[size++] = cell;
      }
      boolean positive = ((entry >>> Integer.SIZE) & 1) == 1;
      long[] counts = positive ? newPositives : newNegatives;
      counts[size - 1] = Math.addExact(counts[size - 1], times[(int) entry]);
    }
    waiting = 0;
    merge(Arrays.copyOf(newCells, size), newPositives, newNegatives);
    int room = Math.max(LEAST_PENDING, Math.min(cells.length, 1 << 20));
    if (room > pending.length) {
      pending = new long[room];
      times = new long[room];
    }
  }

  private void merge(int[] otherCells, long[] otherPositives, long[] otherNegatives) {
    int[] union = union(cells, otherCells);
    long[] newPositives = new long[union.length];
    long[] newNegatives = new long[union.length];
    spread(union, cells, positives, newPositives);
    spread(union, cells, negatives, newNegatives);
    spread(union, otherCells, otherPositives, newPositives);
    spread(union, otherCells, otherNegatives, newNegatives);
    cells = union;
    positives = newPositives;
    negatives = newNegatives;
  }

  private static int[] union(int[] a, int[] b) {
    int[] union = new int[a.length + b.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      i += i < a.length && a[i] == next ? 1 : 0;
      j += j < b.length && b[j] == next ? 1 : 0;
      union[size++] = next;
    }
    return Arrays.copyOf(union, size);
  }

  private static void spread(int[] union, int[] cells, long[] counts, long[] sums) {
    int at = 0;
    for (int i = 0; i < cells.length; i++) {
      while (union[at] != cells[i]) {
        at++;
      }
      sums[at] = Math.addExact(sums[at], counts[i]);
    }
  }
}
