package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.json.CanonicalJson;
import java.nio.file.Path;
import java.util.Optional;
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

  private static final String UNKNOWN =
      "a program leaves the rows: its columns are seen when it has run";

  @Override
  int execute(Screen screen) {
    Job job = place.read(workflow);
    Optional<WorkflowCheck> check = WorkflowCheck.of(job);
    if (screen.wantsJson()) {
      ObjectNode json =
          CanonicalJson.object()
              .put("valid", true)
              .put("workflow", job.workflow().name())
              .put("version", job.workflow().version())
              .put("digest", job.workflow().digest().text())
              .put("profile", job.profile().name());
      check.ifPresent(
          columns ->
              json.put("feature_columns", columns.plan().featureColumns().size())
                  .put("passes", columns.plan().passes()));
      screen.json(json);
    } else {
      screen.line("Valid: " + job.title() + " · " + check.map(this::columns).orElse(UNKNOWN));
    }
    return ExitCode.PASSED;
  }

  private String columns(WorkflowCheck check) {
    int features = check.plan().featureColumns().size();
    int passes = check.plan().passes();
    return check.raw().size()
        + " columns in, "
        + features
        + " feature columns, "
        + passes
        + (passes == 1 ? " pass" : " passes")
        + " over the training rows";
  }
}
