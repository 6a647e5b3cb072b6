package io.github.beamml.engine.tree;

/**
 * Rows with a pair of counts each, in the order of the nodes that hold them; splitting a node moves
 * the rows that go left before the others and keeps the order of both. Nodes may be split on
 * several threads at a time.
 */
final class RowPartition {
  final int[] rows;
  final long[] counts;
  private final int[] spareRows;
  private final long[] spareCounts;

  /** Room for so many rows, and one more, which kernels without a branch write in vain. */
  RowPartition(int size) {
    rows = new int[size + 1];
    counts = new long[size + 1];
    spareRows = new int[size + 1];
    spareCounts = new long[size + 1];
  }

  /**
   * Splits the rows from {@code from} to {@code to}; returns where those begin that go right.
   *
   * @param column bins of the feature, by row
   * @param bin the last to the left
   */
  int split(int from, int to, byte[] column, int bin, boolean missingLeft) {
    int middle = split(rows, counts, spareRows, spareCounts, from, to, column, bin, missingLeft);
    System.arraycopy(spareRows, from, rows, middle, to - middle);
    System.arraycopy(spareCounts, from, counts, middle, to - middle);
    return middle;
  }

  /**
   * One added to all bins makes the missing one, 255, the least: so it goes left without a branch.
   */
  private static int split(
      int[] rows,
      long[] counts,
      int[] spareRows,
      long[] spareCounts,
      int from,
      int to,
      byte[] column,
      int bin,
      boolean missingLeft) {
    int shift = missingLeft ? 1 : 0;
    int left = from;
    int right = from;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      long count = counts[i];
      rows[left] = row;
      counts[left] = count;
      spareRows[right] = row;
      spareCounts[right] = count;
      int goesRight = (bin + shift - ((column[row] + shift) & 0xff)) >>> 31;
      right += goesRight;
      left += 1 - goesRight;
    }
    return left;
  }
}
