package io.github.beamml.workflow.program;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.stage.StageContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the process of a program to its end. What it prints is kept in a file of the run; its last
 * line is shown while it works, and is the reason if it fails. It ends with this process.
 */
final class ProgramProcess {
  private static final String PAGE = "BEAMML_STAGE_FILE";
  private static final String INPUTS = "BEAMML_INPUTS";
  private static final String OUTPUT = "BEAMML_OUTPUT";

  private static final int WRONG_CONFIGURATION = 2;

  private ProgramProcess() {}

  /**
   * @throws InvalidInputException if the program ends with 2: it was told something wrong
   * @throws CannotException if it cannot be started or ends with anything else but 0
   */
  static void run(StageContext context, ProgramDefinition program, ProgramFolder folder) {
    Path log =
        Path.of(context.store().root(), "runs", context.run(), program.name() + ".log")
            .toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(program.command())
            .directory(context.workflow().folder().toFile())
            .redirectErrorStream(true);
    builder.environment().put(PAGE, folder.page().toString());
    builder.environment().put(INPUTS, folder.inputs().toString());
    builder.environment().put(OUTPUT, folder.output().toString());
    Process process;
    try {
      Files.createDirectories(log.getParent());
      process = builder.start();
    } catch (IOException e) {
      throw CannotException.to(
          "start " + program.name(), program.command().get(0) + " cannot be run here", e);
    }
    Thread hook = new Thread(() -> stop(process), "beamml-stop-" + program.name());
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.getOutputStream().close();
      String lastLine = follow(context, process, log);
      check(program, process.waitFor(), lastLine, log);
    } catch (IOException e) {
      throw CannotException.to("follow " + program.name(), e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("finish " + program.name(), "interrupted", e);
    } finally {
      stop(process);
      removeHook(hook);
    }
  }

  private static String follow(StageContext context, Process process, Path log) throws IOException {
    String last = "";
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer kept = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.write(line + "\n");
        kept.flush();
        if (!line.isBlank()) {
          last = line.strip();
          context.progress().accept(last);
        }
      }
    }
    return last;
  }

  private static void check(ProgramDefinition program, int code, String lastLine, Path log) {
    if (code == 0) {
      return;
    }
    String said = lastLine.isEmpty() ? "it said nothing" : lastLine;
    if (code == WRONG_CONFIGURATION) {
      throw InvalidInputException.because(program.name(), said + " (all it said: " + log + ")");
    }
    throw CannotException.to(
        "continue " + program.name(),
        "its program ended with " + code + ": " + said + " (all it said: " + log + ")");
  }

  /** With all processes that it started. */
  private static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending: the hook has run.
    }
  }
}
