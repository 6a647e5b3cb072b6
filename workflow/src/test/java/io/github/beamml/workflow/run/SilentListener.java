package io.github.beamml.workflow.run;

import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.StageRecord;
import java.util.ArrayList;
import java.util.List;

/** Notes which stages were kept from an earlier process. */
final class SilentListener implements RunListener {
  final List<String> kept = new ArrayList<>();

  @Override
  public void started(String run, boolean resumed) {}

  @Override
  public void stageStarted(String stage) {}

  @Override
  public void progress(String stage, String line) {}

  @Override
  public void servingChecked(ServingCheck.Result result) {}

  @Override
  public void stageFinished(StageRecord record, boolean resumed) {
    if (resumed) {
      kept.add(record.stage());
    }
  }
}
