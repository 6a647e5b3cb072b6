package io.github.beamml.workflow.program;

import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.stage.Stage;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;

/**
 * Runs a program of the user's as a stage: hands it the artifacts that it reads as files, and makes
 * an artifact of what it leaves, committed and digested like those of the stages here.
 */
public final class ProgramStage implements Stage {
  private final ProgramDefinition program;

  public ProgramStage(ProgramDefinition program) {
    this.program = program;
  }

  @Override
  public String name() {
    return program.name();
  }

  @Override
  public StageRecord run(StageContext context) {
    try (ProgramFolder folder = ProgramFolder.create(context, program)) {
      ProgramProcess.run(context, program, folder);
      return switch (program.output()) {
        case DATASET -> RowsOutput.dataset(context, program, folder);
        case FEATURES -> RowsOutput.features(context, program, folder);
        case MODEL -> ModelOutput.take(context, program, folder);
        case EVALUATION -> EvaluationOutput.take(context, program, folder);
      };
    }
  }
}
