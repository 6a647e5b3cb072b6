package io.github.beamml.workflow.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only names other commands. */
abstract class CommandGroup implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  /** Without a command there is nothing to do: what is missing is said, and where the help is. */
  @Override
  public final void run() {
    throw new ParameterException(spec.commandLine(), whatIsMissing());
  }

  String whatIsMissing() {
    List<String> names = List.copyOf(spec.subcommands().keySet());
    int last = names.size() - 1;
    return "one of "
        + String.join(", ", names.subList(0, last))
        + " or "
        + names.get(last)
        + " is missing";
  }
}
