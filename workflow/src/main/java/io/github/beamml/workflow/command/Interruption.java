package io.github.beamml.workflow.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Says what was kept when a run is stopped from outside, by Ctrl-C above all. */
final class Interruption implements AutoCloseable {
  private static volatile boolean underWay;

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Whether this process is being stopped from outside. */
  static boolean isUnderWay() {
    return underWay;
  }

  /**
   * Until it is closed.
   *
   * @param message what to say then
   */
  static Interruption expect(PrintWriter err, Supplier<String> message) {
    Thread hook =
        new Thread(
            () -> {
              underWay = true;
              err.println();
              err.println(message.get());
              err.flush();
            },
            "beamml-stopped");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void close() {
    if (!underWay) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException stopping) {
        // It came just now: the hook has spoken.
        underWay = true;
      }
    }
  }
}
