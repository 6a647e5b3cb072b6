package io.github.beamml.workflow.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the short commands once, so that an archive of the JVM's holds their classes and they start
 * at once from then on.
 */
final class StartupClasses {
  private StartupClasses() {}

  public static void main(String[] args) throws IOException {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Path store = Files.createTempDirectory("beamml");
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("models", "list", "--store", store.toString()),
            List.of("runs", "list", "--json", "--store", store.toString()),
            List.of("models", "show", "none", "--store", store.toString()),
            List.of("verify", store.toString()))) {
      BeamMl.commandLine(nowhere, nowhere).execute(command.toArray(String[]::new));
    }
    Files.delete(store);
    Logs.end();
  }
}
