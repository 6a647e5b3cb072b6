package io.github.beamml.workflow.command;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = "Run a workflow: read, transform, split, train, test, register, check serving.",
    footer = {
      "",
      "A run that was stopped or failed is gone on with by the same command.",
      "",
      "Examples:",
      "  beamml run examples/flight-delays/workflow.yaml",
      "  beamml run workflow.yaml --profile prod --json"
    })
final class RunCommand extends BeamMlCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's page, a YAML file.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path workflow;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Override
  int execute(Screen screen) {
    return new WorkflowRun(place.read(workflow), screen, program(), place.storeAgain()).all();
  }
}
