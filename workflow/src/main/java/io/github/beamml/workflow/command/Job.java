package io.github.beamml.workflow.command;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A workflow and the profile that it runs under.
 *
 * @param file the workflow's page as the user typed it
 */
record Job(Path file, Workflow workflow, Profile profile) {
  /**
   * Reads both pages.
   *
   * @param store instead of the profile's; empty for that one
   * @param parallelism instead of the profile's; 0 for that one
   * @throws InvalidInputException naming key, file and line of what is wrong
   * @throws WrongConfiguration if a page cannot be read
   */
  static Job read(Path file, String profileName, String store, int parallelism) {
    if (!Files.isRegularFile(file)) {
      throw InvalidInputException.of("WORKFLOW", file, "the path of a workflow's page");
    }
    try {
      Workflow workflow = Workflow.read(file);
      Profile profile = Profile.read(workflow.folder(), profileName);
      if (!store.isEmpty()) {
        profile = profile.withStore(store);
      }
      if (parallelism != 0) {
        profile = profile.withRunner(profile.runner().withParallelism(parallelism));
      }
      return new Job(file, workflow, profile);
    } catch (CannotException e) {
      throw new WrongConfiguration(e);
    }
  }

  /** {@code flight-delays 1.0.0 · direct, 2 workers}. */
  String title() {
    int workers = profile.runner().parallelism();
    return workflow.name()
        + " "
        + workflow.version()
        + " · "
        + profile.runner().name()
        + ", "
        + workers
        + (workers == 1 ? " worker" : " workers");
  }
}
