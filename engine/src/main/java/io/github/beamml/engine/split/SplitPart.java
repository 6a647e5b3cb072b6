package io.github.beamml.engine.split;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;

/**
 * One part of a split: picks its rows out of any batch.
 *
 * @param split what puts rows into parts
 * @param part the part wanted
 */
public record SplitPart(Split split, Part part) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rows of this part, in their order. */
  public RowBatch select(RowBatch batch) {
    byte[] codes = split.assign(batch);
    int count = 0;
    for (byte code : codes) {
      count += code == part.code() ? 1 : 0;
    }
    if (count == codes.length) {
      return batch;
    }
    int[] rows = new int[count];
    int next = 0;
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] == part.code()) {
        rows[next++] = row;
      }
    }
    return batch.take(rows);
  }

  /** {@link #select} as a step of a chain. */
  public BatchFn fn() {
    return new SelectFn(this);
  }

  private record SelectFn(SplitPart of) implements BatchFn {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "select-" + of.part().label();
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      of.split().check(input);
      return input;
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      return of.select(batch);
    }
  }
}
