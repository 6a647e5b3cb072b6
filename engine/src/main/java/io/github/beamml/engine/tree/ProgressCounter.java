package io.github.beamml.engine.tree;

/** Counts steps that several threads finish, and tells of one at a time. */
final class ProgressCounter {
  private final int total;
  private final Progress progress;
  private int done;

  ProgressCounter(int total, Progress progress) {
    this.total = total;
    this.progress = progress;
  }

  synchronized void stepDone() {
    done++;
    progress.done(done, total);
  }
}
