package io.github.beamml.workflow.command;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.workflow.run.RunRecords;
import java.util.List;

/** Finds runs. */
final class Runs {
  private Runs() {}

  /**
   * @param wanted an id or {@code last}
   * @throws InvalidInputException naming the nearest id if there is no such run
   */
  static String find(RunRecords records, String wanted, String store) {
    List<String> known = records.runs();
    if (known.isEmpty()) {
      throw CannotException.to("find run " + wanted, "there are no runs in " + store);
    }
    if (wanted.equals("last")) {
      return known.get(known.size() - 1);
    }
    if (!known.contains(wanted)) {
      throw InvalidInputException.unknown("RUN", wanted, "a run of " + store, known);
    }
    return wanted;
  }
}
