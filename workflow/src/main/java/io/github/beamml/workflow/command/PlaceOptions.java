package io.github.beamml.workflow.command;

import io.github.beamml.core.store.LocalNameStore;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.run.RunRecords;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where and how a workflow runs. */
final class PlaceOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = Profile.DEFAULT,
      description = "Use profiles/NAME.yaml beside the workflow (default: ${DEFAULT-VALUE}).")
  private String profile = Profile.DEFAULT;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Keep artifacts and names here instead of where the profile says.")
  private String store = "";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many workers; the results are the same bytes with any number.")
  private int parallelism;

  Job read(Path workflow) {
    return Job.read(workflow, profile, store == null ? "" : store, parallelism);
  }

  /** The records of the store's runs. */
  RunRecords records() {
    String root = store == null || store.isEmpty() ? StoreOptions.DEFAULT : store;
    return RunRecords.in(LocalNameStore.at(Path.of(root, "names")));
  }

  /** The option as it has to be typed again, or nothing. */
  String storeAgain() {
    return store == null || store.isEmpty() ? "" : " --store " + store;
  }
}
