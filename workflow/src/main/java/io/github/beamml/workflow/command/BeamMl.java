package io.github.beamml.workflow.command;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.stage.OurCause;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code beamml} command. */
@Command(
    name = "beamml",
    description = "Machine-learning workflows on Apache Beam: the same bytes everywhere.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      StageCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      RunsCommand.class,
      ModelsCommand.class,
      ScoreCommand.class,
      VerifyCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Examples:",
      "  beamml run examples/flight-delays/workflow.yaml",
      "  beamml models list",
      "  beamml score flight-delays@staging --input new.csv",
      "",
      "Exit codes: 0 passed; 3 the gate refused the model; 2 wrong configuration; 1 anything else.",
      "Completion: source <(beamml generate-completion)"
    })
public final class BeamMl extends CommandGroup {
  private BeamMl() {}

  /** Runs the command line and ends the process. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int code;
    try {
      code = commandLine(out, err).execute(args);
    } catch (Throwable e) {
      err.println("Cannot run beamml: " + e);
      code = ExitCode.FAILED;
    }
    Logs.end();
    out.flush();
    err.flush();
    // Runners leave threads behind that are no daemons.
    System.exit(code);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** The command line with its errors handled. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new BeamMl());
    line.setOut(out);
    line.setErr(err);
    boolean colours = Screen.standardOutputIsTerminal() && Screen.coloursAreWanted();
    line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler(BeamMl::wrongParameter);
    line.setExecutionExceptionHandler((e, failed, parsed) -> failed(e, failed));
    CommandLine completion = line.getSubcommands().get("generate-completion");
    if (completion != null) {
      completion.getCommandSpec().usageMessage().hidden(true);
    }
    return line;
  }

  @Override
  String whatIsMissing() {
    return "no command was given";
  }

  private static int wrongParameter(ParameterException e, String[] args) {
    CommandLine failed = e.getCommandLine();
    String name = failed.getCommandSpec().qualifiedName(" ");
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(failed, name, unmatched.getUnmatched().get(0))
            : firstLine(String.valueOf(e.getMessage()));
    String line = "Invalid arguments: " + message;
    failed.getErr().println(line + "; see " + name + " --help");
    failed.getErr().flush();
    printJson(failed, Arrays.asList(args).contains("--json"), line, ExitCode.WRONG_CONFIGURATION);
    return ExitCode.WRONG_CONFIGURATION;
  }

  private static String unknown(CommandLine line, String name, String argument) {
    boolean isOption = argument.startsWith("-");
    String kind = isOption ? "option" : line.getSubcommands().isEmpty() ? "argument" : "command";
    Collection<String> known =
        isOption ? line.getCommandSpec().optionsMap().keySet() : line.getSubcommands().keySet();
    int end = argument.indexOf('=');
    return argument
        + " is no "
        + kind
        + " of "
        + name
        + Suggestions.didYouMean(end < 0 ? argument : argument.substring(0, end), known);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static int failed(Exception thrown, CommandLine line) {
    if (Interruption.isUnderWay() || thrown instanceof OutputClosed) {
      // What was stopped fails in its own words; the user knows why.
      return ExitCode.FAILED;
    }
    boolean debug = line.getCommand() instanceof BeamMlCommand command && command.wantsDebug();
    boolean json = line.getCommand() instanceof BeamMlCommand command && command.wantsJson();
    int code = ExitCode.FAILED;
    String message;
    if (thrown instanceof WrongConfiguration) {
      message = String.valueOf(thrown.getMessage());
      code = ExitCode.WRONG_CONFIGURATION;
    } else {
      RuntimeException ours = ours(thrown, line.getCommandName());
      message = firstLine(String.valueOf(ours.getMessage()));
      if (ours instanceof InvalidInputException) {
        code = ExitCode.WRONG_CONFIGURATION;
      }
    }
    line.getErr().println(message);
    if (debug) {
      thrown.printStackTrace(line.getErr());
    }
    line.getErr().flush();
    printJson(line, json, message, code);
    return code;
  }

  private static RuntimeException ours(Exception thrown, String command) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException || cause instanceof CannotException) {
        return OurCause.of(thrown);
      }
    }
    return CannotException.to(
        command, thrown + " (this is a fault of beamml: --debug shows where)", thrown);
  }

  private static void printJson(CommandLine line, boolean wanted, String error, int code) {
    if (wanted) {
      Screen.of(line.getOut(), line.getErr(), true, true)
          .json(CanonicalJson.object().put("error", error).put("exit_code", code));
    }
  }
}
