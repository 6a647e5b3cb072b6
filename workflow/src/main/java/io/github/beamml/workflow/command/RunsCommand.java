package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.run.RunRecords;
import io.github.beamml.workflow.stage.StageRecord;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "runs",
    description = "Look at runs and their dead letters.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunsCommand.ListRuns.class,
      RunsCommand.ShowRun.class,
      RunsCommand.ShowLetters.class
    })
final class RunsCommand extends CommandGroup {
  @Command(
      name = "list",
      description = "List all runs, the newest last.",
      footer = {"", "Example:", "  beamml runs list --store .beamml"})
  static final class ListRuns extends BeamMlCommand {
    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    int execute(Screen screen) {
      RunRecords records = RunRecords.in(store.names());
      ArrayNode list = CanonicalJson.array();
      TextTable table = new TextTable();
      for (String run : records.runs()) {
        ObjectNode started = records.started(run).orElseGet(CanonicalJson::object);
        Optional<ObjectNode> finished = records.finished(run);
        String state = finished.isPresent() ? "finished" : "unfinished";
        ObjectNode entry =
            list.addObject()
                .put("run_id", run)
                .put("workflow", started.path("workflow").asText())
                .put("version", started.path("version").asText())
                .put("profile", started.path("profile").asText())
                .put("state", state);
        finished.ifPresent(
            result -> {
              entry.set("gate", result.get("gate"));
              entry.set("auc", result.get("auc"));
              entry.set("model_digest", result.get("model_digest"));
            });
        table.row(
            run,
            started.path("workflow").asText() + " " + started.path("version").asText(),
            state,
            finished.map(RunsCommand::outcome).orElse(""));
      }
      screen.list("runs", list, table, store.root());
      return ExitCode.PASSED;
    }
  }

  private static String outcome(ObjectNode result) {
    String auc =
        result.path("auc").isNumber()
            ? "AUC " + Figures.decimal(result.path("auc").asDouble(), 3) + ", "
            : "";
    return auc + "gate " + result.path("gate").asText();
  }

  @Command(
      name = "show",
      description = "Show what a run's stages left and what the run came to.",
      footer = {
        "",
        "Examples:",
        "  beamml runs show 20261124-091502-4f2a",
        "  beamml runs show last"
      })
  static final class ShowRun extends BeamMlCommand {
    @Parameters(paramLabel = "RUN", description = "The run's id, or last.")
    private String run = "";

    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    int execute(Screen screen) {
      RunRecords records = RunRecords.in(store.names());
      String id = Runs.find(records, run, store.root());
      ObjectNode started = records.started(id).orElseGet(CanonicalJson::object);
      Optional<ObjectNode> finished = records.finished(id);
      List<StageRecord> stages = records.finishedStages(id);
      if (screen.wantsJson()) {
        ObjectNode json = CanonicalJson.object().put("run_id", id);
        json.set("started", started);
        ArrayNode list = json.putArray("stages");
        stages.forEach(stage -> list.add(StageJson.of(stage)));
        json.set("finished", finished.orElse(null));
        screen.json(json);
        return ExitCode.PASSED;
      }
      screen.line(
          "Run "
              + screen.bold(id)
              + " · "
              + started.path("workflow").asText()
              + " "
              + started.path("version").asText()
              + " · profile "
              + started.path("profile").asText());
      TextTable table = new TextTable();
      for (StageRecord stage : stages) {
        table.row(stage.stage(), stage.summary(), Durations.of(stage.millis()));
      }
      table.lines("  ").forEach(screen::line);
      screen.line(
          finished
              .map(RunsCommand::outcome)
              .orElse("Unfinished: the same command goes on with it"));
      finished.ifPresent(result -> screen.line("Report  " + result.path("report").asText()));
      return ExitCode.PASSED;
    }
  }

  @Command(
      name = "letters",
      description =
          "Show a run's dead letters, stage by stage: how many for which reason, and the first of"
              + " them.",
      footer = {"", "Example:", "  beamml runs letters last --limit 20"})
  static final class ShowLetters extends BeamMlCommand {
    @Parameters(paramLabel = "RUN", description = "The run's id, or last.")
    private String run = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "10",
        description = "How many of each stage to show (default: ${DEFAULT-VALUE}).")
    private int limit = 10;

    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    int execute(Screen screen) {
      RunRecords records = RunRecords.in(store.names());
      String id = Runs.find(records, run, store.root());
      DeadLetters letters = DeadLetters.of(store.root(), records, id, limit);
      if (screen.wantsJson()) {
        screen.json(letters.toJson());
      } else {
        letters.print(screen);
      }
      return ExitCode.PASSED;
    }
  }
}
