package io.github.beamml.engine.tree;

/** Told after each step of long work, from any thread but never from two at once. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * @param done steps done so far, from 1
   * @param total steps in all
   */
  void done(int done, int total);
}
