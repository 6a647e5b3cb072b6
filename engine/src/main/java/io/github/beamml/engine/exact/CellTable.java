package io.github.beamml.engine.exact;

/**
 * Counts by 64-bit cell: open addressing at most half full, cell and count beside each other in one
 * array.
 */
final class CellTable {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int LEAST_CAPACITY = 16;
  private static final int GREATEST_CAPACITY = 2 * QuantileCells.MAX_CELLS;

  /** Slot i is cell 2i and count 2i + 1; a count of 0 marks a free slot. */
  private long[] slots = new long[2 * LEAST_CAPACITY];

  private int size;

  int size() {
    return size;
  }

  CellTable copy() {
    CellTable copy = new CellTable();
    copy.slots = slots.clone();
    copy.size = size;
    return copy;
  }

  /** Adds a count above 0. */
  void add(long cell, long count) {
    int at = slot(slots, cell);
    while (slots[at + 1] != 0 && slots[at] != cell) {
      at = (at + 2) & (slots.length - 1);
    }
    if (slots[at + 1] == 0) {
      slots[at] = cell;
      slots[at + 1] = count;
      grow();
    } else {
      slots[at + 1] = Math.addExact(slots[at + 1], count);
    }
  }

  /**
   * Counts the cells of the values of [from, to) that are not NaN until there are too many cells,
   * and returns the index of the next value.
   */
  int addAll(double[] values, int from, int to, int cut) {
    long[] table = slots;
    int mask = table.length - 1;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (Double.isNaN(value)) {
        continue;
      }
      long cell = OrderedDoubles.key(value) >>> cut;
      int at = slot(table, cell);
      while (table[at + 1] != 0 && table[at] != cell) {
        at = (at + 2) & mask;
      }
      table[at] = cell;
      if (table[at + 1]++ == 0) {
        grow();
        table = slots;
        mask = table.length - 1;
        if (size > QuantileCells.MAX_CELLS) {
          return i + 1;
        }
      }
    }
    return to;
  }

  /** Drops the last {@code bits} bits of every cell and joins those that become equal. */
  void cut(int bits) {
    rebuild(slots.length, bits);
  }

  private void rebuild(int length, int cut) {
    long[] old = slots;
    long[] table = new long[length];
    int mask = length - 1;
    int cells = 0;
    for (int i = 0; i < old.length; i += 2) {
      long count = old[i + 1];
      if (count != 0) {
        long cell = old[i] >>> cut;
        int at = slot(table, cell);
        while (table[at + 1] != 0 && table[at] != cell) {
          at = (at + 2) & mask;
        }
        cells += table[at + 1] == 0 ? 1 : 0;
        table[at] = cell;
        table[at + 1] += count;
      }
    }
    slots = table;
    size = cells;
  }

  void reset(SortedCells cells) {
    slots = new long[2 * LEAST_CAPACITY];
    size = 0;
    for (int i = 0; i < cells.size(); i++) {
      add(cells.cell(i), cells.count(i));
    }
  }

  SortedCells sorted() {
    long[] cells = sortedCells();
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      int at = slot(slots, cells[i]);
      while (slots[at] != cells[i] || slots[at + 1] == 0) {
        at = (at + 2) & (slots.length - 1);
      }
      counts[i] = slots[at + 1];
    }
    return new SortedCells(cells, counts);
  }

  private long[] sortedCells() {
    long[] cells = new long[size];
    int next = 0;
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i + 1] != 0) {
        cells[next++] = slots[i];
      }
    }
    return RadixSort.sort(cells);
  }

  /**
   * How many steps of {@code step} bits must be cut off until at most {@code most} cells are left.
   */
  int stepsTo(int most, int step) {
    long[] cells = sortedCells();
    int[] splitBy = new int[Long.SIZE + 1]; // neighbours that differ until so many bits are cut off
    for (int i = 1; i < cells.length; i++) {
      splitBy[Long.SIZE - Long.numberOfLeadingZeros(cells[i] ^ cells[i - 1])]++;
    }
    int left = cells.length;
    int steps = 0;
    for (int cut = 1; left > most; cut++) {
      left -= splitBy[cut];
      steps = (cut + step - 1) / step;
    }
    return steps;
  }

  private static int slot(long[] table, long cell) {
    long mixed = (cell ^ (cell >>> 32)) * GOLDEN;
    return (int) (mixed >>> 40) & (table.length - 2); // an even index
  }

  private void grow() {
    size++;
    if (size > slots.length / 4 && slots.length < 2 * GREATEST_CAPACITY) {
      rebuild(2 * slots.length, 0);
    }
  }
}
