package io.github.beamml.workflow.command;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stage",
    description = "Run one stage of a run in this process, from what the stages before it left.",
    footer = {
      "",
      "A run id that is new starts a run; its first stage is kafka-reader-io.",
      "",
      "Examples:",
      "  beamml stage kafka-reader-io --run monday --workflow workflow.yaml",
      "  beamml stage model-training --run 20261124-091502-4f2a"
    })
final class StageCommand extends BeamMlCommand {
  @Parameters(
      paramLabel = "NAME",
      description =
          "kafka-reader-io, enrichment-feature-transform, dataset-split, model-training,"
              + " model-testing, or one of the workflow's own.")
  private String name = "";

  @Option(names = "--run", paramLabel = "ID", required = true, description = "The run's id.")
  private String run = "";

  @Option(
      names = "--workflow",
      paramLabel = "WORKFLOW",
      description =
          "The workflow's page (default: the one that the run began with, or workflow.yaml in this"
              + " folder).")
  private @Nullable Path workflow;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Override
  int execute(Screen screen) {
    Names.check("--run", run);
    return new WorkflowRun(place.read(page()), screen, program(), place.storeAgain())
        .stage(run, name);
  }

  private Path page() {
    if (workflow != null) {
      return workflow;
    }
    Path here = Path.of("workflow.yaml");
    return place
        .records()
        .page(run)
        .or(() -> Optional.of(here).filter(Files::isRegularFile))
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "--workflow",
                    "missing",
                    "given, as there is no run " + run + " and no workflow.yaml in this folder"));
  }
}
