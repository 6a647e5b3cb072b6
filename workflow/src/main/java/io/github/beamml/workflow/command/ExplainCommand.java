package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Show how a workflow's features will be fitted and which columns come out.",
    footer = {"", "Example:", "  beamml explain examples/flight-delays/workflow.yaml"})
final class ExplainCommand extends BeamMlCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's page, a YAML file.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path workflow;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Override
  int execute(Screen screen) {
    Job job = place.read(workflow);
    WorkflowCheck check =
        WorkflowCheck.of(job)
            .orElseThrow(
                () ->
                    CannotException.to(
                        "explain the features",
                        "a program leaves the rows, whose columns are known when it has run"));
    if (screen.wantsJson()) {
      ObjectNode json = check.plan().toJson();
      json.put("workflow", job.workflow().name()).put("version", job.workflow().version());
      json.put("label", job.workflow().features().label());
      json.set("input", check.raw().toJson());
      json.set("prepared", check.prepared().toJson());
      json.set("plan", job.workflow().features().plan().toJson());
      screen.json(json);
      return ExitCode.PASSED;
    }
    screen.line(screen.bold(job.title()));
    columns(screen, "Read", check.raw());
    RowSchema added = check.prepared().keep(field -> !check.raw().has(field.name()));
    columns(screen, "Looked up, derived, label", added);
    check.plan().toString().lines().forEach(screen::line);
    return ExitCode.PASSED;
  }

  private static void columns(Screen screen, String title, RowSchema schema) {
    screen.line(title);
    TextTable table = new TextTable();
    for (Field field : schema.fields()) {
      table.row(field.name(), field.typeLabel());
    }
    table.lines("  ").forEach(screen::line);
  }
}
