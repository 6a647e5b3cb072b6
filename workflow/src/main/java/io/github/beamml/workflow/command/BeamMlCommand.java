package io.github.beamml.workflow.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have in common: how they speak. */
abstract class BeamMlCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--json",
      order = 90,
      description = "Print one JSON object on standard output and nothing else there.")
  private boolean json;

  @Option(names = "--quiet", order = 91, description = "Print errors only.")
  private boolean quiet;

  @Option(
      names = "--debug",
      order = 92,
      description = "Show the logs of all libraries, and stack traces with errors.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      order = 93,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Override
  public final Integer call() throws Exception {
    Logs.start(debug);
    return execute(screen());
  }

  /**
   * Does what was asked.
   *
   * @return an {@link ExitCode}
   */
  abstract int execute(Screen screen) throws Exception;

  /** Whether errors are to be JSON too. */
  final boolean wantsJson() {
    return json;
  }

  final boolean wantsDebug() {
    return debug;
  }

  /** What the user typed to start this program. */
  final String program() {
    return System.getProperty("beamml.command", spec.root().name());
  }

  private Screen screen() {
    return Screen.of(spec.commandLine().getOut(), spec.commandLine().getErr(), json, quiet);
  }
}
