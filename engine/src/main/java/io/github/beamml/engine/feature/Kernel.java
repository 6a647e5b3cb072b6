package io.github.beamml.engine.feature;

import io.github.beamml.engine.row.Column;
import java.util.List;

/** Computes columns from columns, row by row alike; stateless, for many threads. */
@FunctionalInterface
interface Kernel {
  /**
   * @param inputs in the order of the node's inputs
   * @return in the order of the node's outputs
   */
  Column[] apply(Column[] inputs, int rows, Rejections rejections);

  /** The names of the numbers in the array column it makes; none for single numbers. */
  default List<String> slots() {
    return List.of();
  }

  /** Whether it may reject rows. */
  default boolean rejects() {
    return false;
  }

  /** The same, known to reject rows. */
  static Kernel rejecting(Kernel kernel) {
    return new Kernel() {
      @Override
      public Column[] apply(Column[] inputs, int rows, Rejections rejections) {
        return kernel.apply(inputs, rows, rejections);
      }

      @Override
      public boolean rejects() {
        return true;
      }
    };
  }

  /** A kernel of one input and one output that rejects nothing. */
  interface Simple {
    Column apply(Column input);
  }

  static Kernel simple(Simple simple) {
    return (inputs, rows, rejections) -> new Column[] {simple.apply(inputs[0])};
  }
}
