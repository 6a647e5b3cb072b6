package io.github.beamml.workflow.command;

import io.github.beamml.workflow.run.RunListener;
import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.StageRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes on: a line for each stage that has finished, and below them, on a terminal,
 * one that moves. Elsewhere what is under way is told in plain lines, seldom.
 */
final class RunProgress implements RunListener, AutoCloseable {
  private static final int NAME_WIDTH = 30;
  private static final int TIME_WIDTH = 8;
  private static final long PLAIN_LINE_NANOS = 5_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Screen screen;
  private final String title;
  private final Path store;
  private final int columns;
  private final List<String> finished = new ArrayList<>();
  private final @Nullable ScheduledExecutorService clock;

  private String run = "";
  private String stage = "";
  private String line = "";
  private long stageStart;
  private long lastPlainLine;

  /**
   * @param title of the workflow and where it runs
   * @param store whose {@code runs} folder holds the run's log
   */
  RunProgress(Screen screen, String title, Path store) {
    this.screen = screen;
    this.title = title;
    this.store = store;
    this.columns = Integer.getInteger("beamml.columns", 80);
    if (screen.isTerminal()) {
      clock =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "beamml-progress");
                thread.setDaemon(true);
                return thread;
              });
      var unused = clock.scheduleAtFixedRate(this::move, 250, 250, TimeUnit.MILLISECONDS);
    } else {
      clock = null;
    }
  }

  @Override
  public synchronized void started(String runId, boolean resumed) {
    run = runId;
    Logs.intoFolder(store.resolve("runs").resolve(runId));
    String goesOn = resumed ? " (goes on)" : "";
    screen.line("Run " + screen.bold(runId) + goesOn + " · " + title);
    screen.line("");
  }

  @Override
  public synchronized void stageStarted(String name) {
    stage = name;
    line = "";
    stageStart = System.nanoTime();
    lastPlainLine = stageStart;
  }

  @Override
  public synchronized void progress(String name, String text) {
    line = text;
    long now = System.nanoTime();
    if (!screen.isTerminal() && now - lastPlainLine > PLAIN_LINE_NANOS) {
      lastPlainLine = now;
      screen.line(line(name, "...", text));
    }
  }

  @Override
  public synchronized void stageFinished(StageRecord record, boolean resumed) {
    finish(record.stage(), record.summary(), resumed ? "kept" : Durations.of(record.millis()));
  }

  @Override
  public synchronized void servingChecked(ServingCheck.Result result) {
    finish(ServingCheck.NAME, result.summary(), Durations.of(result.millis()));
  }

  private void finish(String name, String summary, String time) {
    stage = "";
    String text = line(name, time, summary);
    screen.line(screen.isTerminal() ? CLEAR_LINE + wrapped(text, columns) : text);
    finished.add(name);
  }

  /** Broken between words for the width of the terminal, further lines below the summary. */
  static String wrapped(String text, int columns) {
    String indent = " ".repeat(2 + NAME_WIDTH + TIME_WIDTH + 2);
    StringBuilder lines = new StringBuilder();
    String rest = text;
    while (rest.length() > columns) {
      int end = rest.lastIndexOf(' ', columns);
      if (end <= indent.length()) {
        break;
      }
      lines.append(rest, 0, end).append('\n');
      rest = indent + rest.substring(end + 1);
    }
    return lines.append(rest).toString();
  }

  private synchronized void move() {
    if (!stage.isEmpty()) {
      String time = Durations.of((System.nanoTime() - stageStart) / 1_000_000);
      String text = line(stage, time, line);
      screen.text().print(CLEAR_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
      screen.text().flush();
    }
  }

  private static String line(String name, String time, String summary) {
    String right = " ".repeat(Math.max(1, TIME_WIDTH - time.length())) + time;
    return "  " + padded(name, NAME_WIDTH) + right + "  " + summary;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** What to say when the process is stopped from outside. */
  synchronized String whatIsKept() {
    stage = "";
    List<String> kept = finished.stream().filter(name -> !name.equals(ServingCheck.NAME)).toList();
    if (run.isEmpty()) {
      return "Stopped before the run began.";
    }
    return "Stopped. Run "
        + run
        + " keeps "
        + (kept.isEmpty() ? "no finished stage yet" : String.join(", ", kept))
        + "; the same command goes on from there.";
  }

  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
      if (!stage.isEmpty()) {
        screen.text().print(CLEAR_LINE);
        screen.text().flush();
      }
    }
    stage = "";
  }
}
