package io.github.beamml.cluster;

import java.io.IOException;
import java.io.InputStream;

/**
 * Tells a child process that its parent has ended, however it ended: the child's standard input is
 * a pipe whose other end only the parent holds, and the kernel closes that end even when the parent
 * is killed with SIGKILL and can run no hook.
 */
final class ParentWatch {
  private ParentWatch() {}

  /**
   * Runs {@code whenGone} once, in a thread of its own, as soon as {@code fromParent} ends. Nothing
   * is ever written to the pipe; bytes that arrive nevertheless are dropped.
   */
  static void start(InputStream fromParent, Runnable whenGone) {
    Thread watch =
        new Thread(
            () -> {
              awaitEnd(fromParent);
              whenGone.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEnd(InputStream fromParent) {
    byte[] dropped = new byte[64];
    try {
      int count = 0;
      while (count >= 0) {
        count = fromParent.read(dropped);
      }
    } catch (IOException broken) {
      // A broken pipe says the same as a closed one: the parent is gone.
    }
  }
}
