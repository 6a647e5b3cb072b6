package io.github.beamml.engine.row;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The arrays of all rows, one after the other in one array.
 *
 * @param values a primitive array
 * @param offsets where each row's values start, and behind the last row where it ends
 */
record Slices<A>(A values, int[] offsets) {
  /** Where rows of equal width start. */
  static int[] offsetsOfWidth(int width, int rows) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i <= rows; i++) {
      offsets[i] = i * width;
    }
    return offsets;
  }

  int rows() {
    return offsets.length - 1;
  }

  /** Where a row starts; of the number of rows where the last ends. */
  int offset(int row) {
    return offsets[row];
  }

  int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  Slices<A> take(int[] rows, IntFunction<A> newArray) {
    int[] taken = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      taken[i + 1] = taken[i] + length(rows[i]);
    }
    A copied = newArray.apply(taken[rows.length]);
    for (int i = 0; i < rows.length; i++) {
      copy(rows[i], rows[i] + 1, copied, taken[i]);
    }
    return new Slices<>(copied, taken);
  }

  static <A> Slices<A> join(List<Slices<A>> parts, IntFunction<A> newArray) {
    int[] offsets = new int[parts.stream().mapToInt(Slices::rows).sum() + 1];
    int row = 0;
    for (Slices<A> part : parts) {
      for (int i = 0; i < part.rows(); i++, row++) {
        offsets[row + 1] = offsets[row] + part.length(i);
      }
    }
    A joined = newArray.apply(offsets[row]);
    row = 0;
    for (Slices<A> part : parts) {
      part.copy(0, part.rows(), joined, offsets[row]);
      row += part.rows();
    }
    return new Slices<>(joined, offsets);
  }

  private void copy(int from, int to, A target, int at) {
    System.arraycopy(values, offsets[from], target, at, offsets[to] - offsets[from]);
  }
}
