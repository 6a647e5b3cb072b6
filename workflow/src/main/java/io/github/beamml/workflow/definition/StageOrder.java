package io.github.beamml.workflow.definition;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which a workflow's stages run: each after those it needs, the user's programs as
 * soon as they can, so that one that fails stops the run before more work is done.
 */
final class StageOrder {
  private final Map<String, Set<String>> before = new LinkedHashMap<>();

  /**
   * @param programs in the order of the page
   * @param inputs the stage that each of ours reads
   */
  static List<String> of(Collection<ProgramDefinition> programs, Map<String, String> inputs) {
    StageOrder order = new StageOrder();
    for (ProgramDefinition program : programs) {
      order.before.put(program.name(), new LinkedHashSet<>(program.before()));
    }
    for (String stage : Workflow.STAGES) {
      if (!order.before.containsKey(stage)) {
        order.before.put(stage, order.neededByOurs(stage, programs, inputs));
      }
    }
    order.checkNames(programs);
    return order.sorted();
  }

  private Set<String> neededByOurs(
      String stage, Collection<ProgramDefinition> programs, Map<String, String> inputs) {
    Set<String> needed = new LinkedHashSet<>();
    String input = inputs.get(stage);
    if (input != null) {
      needed.add(input);
    }
    if (stage.equals(TrainingDefinition.STAGE)) {
      needed.add(FeatureDefinition.STAGE);
      needed.add(Workflow.SPLIT_STAGE);
    }
    if (stage.equals(TestingDefinition.STAGE)) {
      needed.add(TrainingDefinition.STAGE);
      programs.stream()
          .filter(program -> !program.gates().isEmpty())
          .forEach(program -> needed.add(program.name()));
    }
    return needed;
  }

  private void checkNames(Collection<ProgramDefinition> programs) {
    for (ProgramDefinition program : programs) {
      for (String needed : program.before()) {
        if (!before.containsKey(needed)) {
          throw InvalidInputException.unknown(
              Workflow.PROGRAMS + "." + program.name(), needed, "a stage", before.keySet());
        }
      }
    }
  }

  private List<String> sorted() {
    List<String> order = new ArrayList<>();
    while (order.size() < before.size()) {
      order.add(
          before.keySet().stream()
              .filter(stage -> !order.contains(stage) && order.containsAll(needs(stage)))
              .findFirst()
              .orElseThrow(() -> circle(order)));
    }
    return order;
  }

  private Set<String> needs(String stage) {
    return before.getOrDefault(stage, Set.of());
  }

  private InvalidInputException circle(List<String> done) {
    List<String> waiting = before.keySet().stream().filter(stage -> !done.contains(stage)).toList();
    return InvalidInputException.because(
        Workflow.PROGRAMS,
        "the stages "
            + String.join(", ", waiting)
            + " wait for each other (a program with a gate comes before model-testing, which its"
            + " gate decides on)");
  }
}
