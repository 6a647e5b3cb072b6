package io.github.beamml.workflow.command;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Check every byte of an artifact's folder, or of a whole store, and name what is"
            + " wrong.",
    footer = {"", "Examples:", "  beamml verify .beamml", "  beamml verify models/flight-delays"})
final class VerifyCommand extends BeamMlCommand {
  @Parameters(paramLabel = "PATH", description = "A folder with a manifest.json, or a store.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path path;

  @Override
  int execute(Screen screen) {
    Verification verification = Verification.of(path);
    if (screen.wantsJson()) {
      screen.json(verification.toJson());
    } else {
      verification.print(screen);
    }
    if (!verification.isGood()) {
      screen.err().println(verification.error());
      screen.err().flush();
      return ExitCode.FAILED;
    }
    return ExitCode.PASSED;
  }
}
