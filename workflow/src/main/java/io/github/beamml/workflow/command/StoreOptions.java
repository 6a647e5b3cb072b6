package io.github.beamml.workflow.command;

import io.github.beamml.core.store.LocalNameStore;
import io.github.beamml.core.store.NameStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which store a command looks at. */
final class StoreOptions {
  static final String DEFAULT = ".beamml";

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "The artifact store (default: ${DEFAULT-VALUE} in this folder).")
  private String store = DEFAULT;

  String root() {
    return store;
  }

  /** The store's names, read without anything of Beam. */
  NameStore names() {
    return LocalNameStore.at(Path.of(store, "names"));
  }
}
