package io.github.beamml.workflow.command;

import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.run.RunResult;
import java.nio.file.Path;

/** What stands below the table of stages: the model, its gate, and what to do next. */
final class RunSummary {
  private final Job job;
  private final Screen screen;
  private final String program;
  private final String storeOption;

  RunSummary(Job job, Screen screen, String program, String storeOption) {
    this.job = job;
    this.screen = screen;
    this.program = program;
    this.storeOption = storeOption;
  }

  void print(RunResult result) {
    screen.line("");
    screen.line("AUC     " + estimate(result.evaluation().estimate(Metric.AUC)));
    boolean passed = result.verdict().passed();
    String word = result.verdict().word();
    screen.line("Gate    " + (passed ? screen.good(word) : screen.bad(word)));
    result.verdict().reasons().forEach(reason -> screen.line("          " + reason));
    screen.line("");
    screen.line(registration(result));
    screen.line("Report  " + result.report());
    screen.line("Took    " + Durations.of(result.millis()));
    screen.line("");
    screen.line("Next:   " + next("runs letters " + result.run()));
    screen.line("        " + next(showCommand(result)));
    screen.line("        " + next("score " + model(result) + " --input " + sample()));
  }

  private static String estimate(Estimate estimate) {
    if (estimate.value().isEmpty()) {
      return "none (" + estimate.reason().orElse("not defined on these rows") + ")";
    }
    String value = Figures.decimal(estimate.value().getAsDouble(), 3);
    return estimate
        .interval()
        .map(
            interval ->
                value
                    + " ["
                    + Figures.decimal(interval.low(), 3)
                    + ", "
                    + Figures.decimal(interval.high(), 3)
                    + "]")
        .orElse(value);
  }

  private String registration(RunResult result) {
    String digest = result.modelDigest().substring(0, "sha256:".length() + 12);
    if (result.registered().isEmpty()) {
      return "Model   " + digest + " (the workflow registers none)";
    }
    String environment =
        result.environment().isEmpty()
            ? " (kept, not promoted: its gate refused it)"
            : " -> " + result.environment();
    return "Registered " + screen.bold(result.registered()) + " (" + digest + ")" + environment;
  }

  private String showCommand(RunResult result) {
    return result.registered().isEmpty()
        ? "runs show " + result.run()
        : "models show " + modelName(result);
  }

  private String model(RunResult result) {
    if (result.registered().isEmpty()) {
      return result.modelDigest();
    }
    return result.environment().isEmpty()
        ? result.registered().replace(' ', '@')
        : modelName(result) + "@" + result.environment();
  }

  private static String modelName(RunResult result) {
    return result.registered().substring(0, result.registered().indexOf(' '));
  }

  /** The sample of an embedded broker has the columns that the model reads. */
  private String sample() {
    if (job.workflow().reader().map(ReaderDefinition::source).orElse(null)
            instanceof ReaderDefinition.Topic topic
        && job.profile().connections().get(topic.connection()) instanceof Profile.Embedded it) {
      Path here = Path.of("").toAbsolutePath();
      Path sample = it.sample().toAbsolutePath().normalize();
      return (sample.startsWith(here) ? here.relativize(sample) : sample).toString();
    }
    return "new.csv";
  }

  private String next(String command) {
    String store = storeOption;
    if (store.isEmpty() && !job.profile().store().equals(".beamml")) {
      store = " --store " + job.profile().store();
    }
    return program + " " + command + store;
  }
}
