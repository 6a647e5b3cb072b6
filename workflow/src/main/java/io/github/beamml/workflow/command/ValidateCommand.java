package io.github.beamml.workflow.command;

import io.github.beamml.engine.json.CanonicalJson;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = "Check a workflow and its profile without running anything.",
    footer = {"", "Example:", "  beamml validate workflow.yaml --profile prod"})
final class ValidateCommand extends BeamMlCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's page, a YAML file.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path workflow;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Override
  int execute(Screen screen) {
    Job job = place.read(workflow);
    WorkflowCheck check = WorkflowCheck.of(job);
    int features = check.plan().featureColumns().size();
    if (screen.wantsJson()) {
      screen.json(
          CanonicalJson.object()
              .put("valid", true)
              .put("workflow", job.workflow().name())
              .put("version", job.workflow().version())
              .put("digest", job.workflow().digest().text())
              .put("profile", job.profile().name())
              .put("feature_columns", features)
              .put("passes", check.plan().passes()));
    } else {
      screen.line(
          "Valid: "
              + job.title()
              + " · "
              + check.raw().size()
              + " columns in, "
              + features
              + " feature columns, "
              + check.plan().passes()
              + (check.plan().passes() == 1 ? " pass" : " passes")
              + " over the training rows");
    }
    return ExitCode.PASSED;
  }
}
