package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class UsageTest {
  @TempDir private Path folder;

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    Ran ran = Ran.of("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("run", "stage", "validate", "explain", "runs", "models", "score", "verify")
        .contains("0 passed; 3 the gate refused the model; 2 wrong configuration; 1 anything else");
  }

  @Test
  void everyCommandSpeaksJsonAndHasHelpWithAnExample() {
    List<CommandLine> commands = new ArrayList<>();
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    collect(BeamMl.commandLine(nowhere, nowhere), commands);
    assertThat(commands).hasSize(11);
    for (CommandLine command : commands) {
      assertThat(command.getUsageMessage())
          .as(command.getCommandName())
          .contains("--json", "--quiet", "--debug", "--help", "Example");
    }
  }

  /** The commands that do something. */
  private static void collect(CommandLine line, List<CommandLine> commands) {
    for (CommandLine command : line.getSubcommands().values()) {
      if (command.getCommand() instanceof BeamMlCommand) {
        commands.add(command);
      }
      collect(command, commands);
    }
  }

  @Test
  void anEmptyRegistryIsNoError() {
    assertThat(Ran.of("models", "list", "--store", folder))
        .isEqualTo(new Ran(0, "No models in " + folder + "\n", ""));
    assertThat(Ran.of("models", "list", "--json", "--store", folder))
        .isEqualTo(new Ran(0, "{\"models\":[]}\n", ""));
    assertThat(Ran.of("models", "list", "--quiet", "--store", folder))
        .isEqualTo(new Ran(0, "", ""));
  }

  @Test
  void aStoreWithoutRunsIsNoError() {
    assertThat(Ran.of("runs", "list", "--store", folder))
        .isEqualTo(new Ran(0, "No runs in " + folder + "\n", ""));
  }

  @Test
  void aRunThatIsNotThereIsNamed() {
    assertThat(Ran.of("runs", "letters", "monday", "--store", folder))
        .isEqualTo(new Ran(1, "", "Cannot find run monday: there are no runs in " + folder + "\n"));
  }

  @Test
  void aGroupWithoutACommandNamesItsCommands() {
    assertThat(Ran.of("runs"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid arguments: one of list, show or letters is missing; see beamml runs"
                    + " --help\n"));
    assertThat(Ran.of("models"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid arguments: one of list or show is missing; see beamml models --help\n"));
  }

  @Test
  void anUnknownOptionIsNamedWithTheNearest() {
    assertThat(Ran.of("run", "--paralelism=2", "workflow.yaml"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid arguments: --paralelism=2 is no option of beamml run (did you mean"
                    + " --parallelism?); see beamml run --help\n"));
  }

  @Test
  void anUnknownCommandIsNamedWithTheNearest() {
    assertThat(Ran.of("modles", "list"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid arguments: modles is no command of beamml (did you mean models?);"
                    + " see beamml --help\n"));
  }

  @Test
  void aMissingOptionIsNamed() {
    assertThat(Ran.of("score", "flight-delays"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid arguments: Missing required option: '--input=FILE'; see beamml score"
                    + " --help\n"));
  }

  @Test
  void errorsAreJsonToo() {
    assertThat(Ran.of("runs", "show", "monday", "--json", "--store", folder).out())
        .isEqualTo(
            "{\"error\":\"Cannot find run monday: there are no runs in "
                + folder
                + "\",\"exit_code\":1}\n");
  }

  @Test
  void shortCommandsLoadNothingOfBeam() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                BeamMl.class.getName(),
                "models",
                "list",
                "--store",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(loaded)
        .contains("No models in ", LOADED_CLASS)
        .doesNotContain("org.apache.beam", "org.apache.kafka", "org.apache.parquet");
  }

  private static final String LOADED_CLASS = "io.github.beamml.core.registry.ModelRegistry";
}
