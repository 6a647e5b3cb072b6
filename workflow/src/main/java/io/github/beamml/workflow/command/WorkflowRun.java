package io.github.beamml.workflow.command;

import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.run.RunResult;
import io.github.beamml.workflow.run.WorkflowRunner;
import io.github.beamml.workflow.stage.StageRecord;
import java.nio.file.Path;

/** Runs a workflow, or one stage of it, in front of the user. */
final class WorkflowRun {
  private final Job job;
  private final Screen screen;
  private final String program;
  private final String storeOption;

  /**
   * @param program what the user typed to start this program
   * @param storeOption what the user typed about the store, with a blank before it; or nothing
   */
  WorkflowRun(Job job, Screen screen, String program, String storeOption) {
    this.job = job;
    this.screen = screen;
    this.program = program;
    this.storeOption = storeOption;
  }

  int all() {
    WorkflowCheck.of(job);
    RunProgress progress = progress();
    RunResult result;
    try (progress;
        Interruption stopped = Interruption.expect(screen.err(), progress::whatIsKept)) {
      result = new WorkflowRunner(job.workflow(), job.profile(), progress).run();
    }
    if (screen.wantsJson()) {
      screen.json(result.toJson());
    } else {
      new RunSummary(job, screen, program, storeOption).print(result);
    }
    return result.verdict().passed() ? ExitCode.PASSED : ExitCode.REFUSED;
  }

  int stage(String run, String name) {
    job.workflow().checkStage(name);
    WorkflowCheck.of(job);
    RunProgress progress = progress();
    StageRecord record;
    try (progress;
        Interruption stopped = Interruption.expect(screen.err(), progress::whatIsKept)) {
      record = new WorkflowRunner(job.workflow(), job.profile(), progress).runStage(run, name);
    }
    if (screen.wantsJson()) {
      screen.json(StageJson.of(record).put("run_id", run));
    }
    boolean refused = name.equals(TestingDefinition.STAGE) && record.count("passed") == 0;
    return refused ? ExitCode.REFUSED : ExitCode.PASSED;
  }

  private RunProgress progress() {
    return new RunProgress(screen, job.title(), Path.of(job.profile().store()));
  }
}
