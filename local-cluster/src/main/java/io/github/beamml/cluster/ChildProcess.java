package io.github.beamml.cluster;

import io.github.beamml.engine.CannotException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Java program in a process of its own. It has a class path of its own, writes to one log file,
 * and its standard input is the pipe by which {@link ParentWatch} sees that we are gone. Only this
 * process's own id is ever signalled.
 */
final class ChildProcess {
  /** The same on every machine, whatever the locale and time zone of the parent. */
  private static final List<String> SETTINGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Duser.language=en",
          "-Duser.country=US",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8",
          "-Djava.awt.headless=true");

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code mainClass} with the running Java.
   *
   * @param what the thing as a message names it, such as {@code Kafka broker}
   * @param options options of the Java virtual machine beside the common ones
   */
  static ChildProcess start(
      String what,
      List<Path> classPath,
      List<String> options,
      Class<?> mainClass,
      List<String> arguments,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SETTINGS);
    command.addAll(options);
    command.add(mainClass.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("CLASSPATH", joined(classPath));
    // What our own Java was told this way (agents, heap sizes) is not meant for the child.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    try {
      return new ChildProcess(builder.start(), log);
    } catch (IOException failure) {
      throw CannotException.to("start " + what, String.valueOf(failure.getMessage()), failure);
    }
  }

  private static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Waits until the process ends, at most so long; says whether it has. */
  boolean awaitEnd(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks the process to end, and after {@code patience} ends it. */
  void stop(Duration patience) {
    process.destroy();
    if (!awaitEnd(patience)) {
      kill();
    }
  }

  /** Ends the process now. */
  void kill() {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    awaitEnd(Duration.ofSeconds(10));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the process has written so far. */
  List<String> logLines() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
