package io.github.beamml.workflow.publish;

import io.github.beamml.engine.row.RowBatch;
import java.util.List;

/**
 * Adds what a real topic would also hold to the rows of a sample: duplicates, late and broken
 * events. A function of the rows as a set, never random.
 */
@FunctionalInterface
public interface Planting {
  /** Plants nothing. */
  Planting NOTHING = (sample, order) -> List.of();

  /**
   * The further events.
   *
   * @param sample all rows of the sample file
   */
  List<Event> events(List<RowBatch> sample, EventOrder order);
}
