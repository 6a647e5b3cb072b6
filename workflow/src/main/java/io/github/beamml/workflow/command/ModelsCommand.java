package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    description = "Look at the model registry.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelsCommand.ListModels.class, ModelsCommand.ShowModel.class})
final class ModelsCommand extends CommandGroup {
  /** Which version each environment serves. */
  private static Map<String, String> environments(ModelRegistry registry, String model) {
    Map<String, String> served = new TreeMap<>();
    for (String environment : registry.environments(model)) {
      registry
          .inEnvironment(model, environment)
          .ifPresent(version -> served.put(environment, version.label()));
    }
    return served;
  }

  @Command(
      name = "list",
      description = "List the registered models with their versions and environments.",
      footer = {"", "Example:", "  beamml models list --json"})
  static final class ListModels extends BeamMlCommand {
    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    int execute(Screen screen) {
      ModelRegistry registry = ModelRegistry.in(store.names());
      ArrayNode list = CanonicalJson.array();
      TextTable table = new TextTable();
      for (String model : registry.models()) {
        List<ModelVersion> versions = registry.versions(model);
        Map<String, String> served = environments(registry, model);
        String newest = versions.isEmpty() ? "" : versions.get(versions.size() - 1).label();
        ObjectNode entry =
            list.addObject()
                .put("name", model)
                .put("versions", versions.size())
                .put("newest", newest);
        ObjectNode environments = entry.putObject("environments");
        served.forEach(environments::put);
        List<String> texts = new ArrayList<>();
        served.forEach((environment, version) -> texts.add(environment + " " + version));
        table.row(model, newest, String.join(", ", texts));
      }
      screen.list("models", list, table, store.root());
      return ExitCode.PASSED;
    }
  }

  @Command(
      name = "show",
      description = "Show a model's versions, what its environments serve, and its history.",
      footer = {"", "Example:", "  beamml models show flight-delays"})
  static final class ShowModel extends BeamMlCommand {
    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String model = "";

    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    int execute(Screen screen) {
      ModelRegistry registry = ModelRegistry.in(store.names());
      List<ModelVersion> versions = registry.versions(Names.check("NAME", model));
      if (versions.isEmpty()) {
        throw InvalidInputException.unknown(
            "NAME", model, "a model of " + store.root(), registry.models());
      }
      Map<String, String> served = environments(registry, model);
      if (screen.wantsJson()) {
        screen.json(json(registry, versions, served));
        return ExitCode.PASSED;
      }
      screen.line(screen.bold(model));
      TextTable table = new TextTable();
      for (ModelVersion version : versions) {
        table.row(
            version.label(),
            version.digest().text(),
            version.blessed() ? "passed" : "refused",
            "run " + version.run(),
            String.join(", ", version.tags()));
      }
      table.lines("  ").forEach(screen::line);
      screen.line("Environments");
      TextTable environments = new TextTable();
      served.forEach(environments::row);
      environments.lines("  ").forEach(screen::line);
      screen.line("History");
      TextTable history = new TextTable();
      for (ObjectNode event : registry.history(model)) {
        history.row(
            event.path("event").asText(),
            event.path("version").asText(),
            event.path("environment").asText(),
            "run " + event.path("run").asText());
      }
      history.lines("  ").forEach(screen::line);
      return ExitCode.PASSED;
    }

    private ObjectNode json(
        ModelRegistry registry, List<ModelVersion> versions, Map<String, String> served) {
      ObjectNode json = CanonicalJson.object().put("name", model);
      ArrayNode list = json.putArray("versions");
      for (ModelVersion version : versions) {
        ObjectNode entry =
            list.addObject()
                .put("version", version.label())
                .put("digest", version.digest().text())
                .put("seal", version.seal().text())
                .put("verdict", version.verdict().text())
                .put("passed", version.blessed())
                .put("run", version.run());
        version.tags().forEach(entry.putArray("tags")::add);
      }
      ObjectNode environments = json.putObject("environments");
      served.forEach(environments::put);
      registry.history(model).forEach(json.putArray("history")::add);
      return json;
    }
  }
}
