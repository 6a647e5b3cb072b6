package io.github.beamml.workflow.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Where the logs of Beam, Kafka and the others go: into a file of the run, to standard error with
 * {@code --debug}, otherwise nowhere. What a user must know is never only in a log.
 */
final class Logs {
  /** The file in a run's folder. */
  static final String FILE_NAME = "run.log";

  private static final Logger ROOT = Logger.getLogger("");

  private Logs() {}

  static void start(boolean debug) {
    LogManager.getLogManager().reset();
    if (debug) {
      add(new ConsoleHandler());
    } else {
      ROOT.setLevel(Level.OFF);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> ROOT.log(Level.SEVERE, "in thread " + thread.getName(), thrown));
  }

  /** From now on into a file as well; a folder that cannot be written to is found by others. */
  static void intoFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      String pattern = folder.resolve(FILE_NAME).toString().replace("%", "%%");
      add(new FileHandler(pattern, true));
    } catch (IOException e) {
      ROOT.log(Level.WARNING, "no log file in " + folder, e);
    }
  }

  private static void add(Handler handler) {
    handler.setFormatter(new SimpleFormatter());
    handler.setLevel(Level.INFO);
    ROOT.setLevel(Level.INFO);
    ROOT.addHandler(handler);
  }

  /** Closes what was opened. */
  static void end() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
      handler.close();
    }
    ROOT.setLevel(Level.OFF);
  }
}
