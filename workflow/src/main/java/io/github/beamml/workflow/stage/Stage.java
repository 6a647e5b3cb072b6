package io.github.beamml.workflow.stage;

/**
 * A step of a workflow: reads artifacts of the steps before from the store, leaves its own there.
 * It keeps nothing else, so that it can run in a process of its own.
 */
public interface Stage {
  String name();

  /**
   * Does the work.
   *
   * @return what was left; the time is filled in by the caller
   */
  StageRecord run(StageContext context);
}
