package io.github.beamml.workflow.run;

import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.StageRecord;

/** Is told how a run goes on. */
public interface RunListener {
  /**
   * @param resumed whether an earlier process began it
   */
  void started(String run, boolean resumed);

  void stageStarted(String stage);

  /** A line about work that is under way. */
  void progress(String stage, String line);

  /**
   * @param resumed whether it had finished in an earlier process
   */
  void stageFinished(StageRecord record, boolean resumed);

  /** The run ends with the scores being equal. */
  void servingChecked(ServingCheck.Result result);
}
