package io.github.beamml.workflow.program;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Predictor;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.split.Part;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.serving.OnnxPredictor;
import io.github.beamml.training.LabelledRows;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.stage.FeatureStage;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a model of the {@code model.onnx} that a program leaves: with the run's preparation before
 * it and the workflow's decision threshold behind it, it scores raw rows like any other.
 */
final class ModelOutput {
  private static final String TRAINER = "program";

  private ModelOutput() {}

  static StageRecord take(StageContext context, ProgramDefinition program, ProgramFolder folder) {
    byte[] onnx = folder.left(program, Model.ONNX_FILE);
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    List<String> features = preparation.features().slots();
    context.progress().accept("opening its model");
    Predictor predictor =
        OnnxPredictor.of(
            program.name() + "/" + Model.ONNX_FILE, onnx, features, program.modelOutput());
    Dataset dataset = context.dataset(Workflow.SPLIT_STAGE);
    String label = context.workflow().features().label();
    context.progress().accept("finding the decision threshold");
    Model model =
        new Model(
            label,
            TRAINER,
            parameters(program),
            threshold(context, dataset, preparation, predictor),
            preparation,
            predictor);
    Draft draft = context.store().draft(context.run(), program.name());
    model.files().forEach(draft::write);
    StoredArtifact artifact =
        draft.publish(ArtifactKind.MODEL, model.content(), RowsOutput.provenance(context, program));
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("features", (long) features.size());
    return new StageRecord(
        program.name(),
        Map.of(StageRecord.MAIN, StageRecord.Left.of(artifact)),
        dataset.rows(Part.TRAIN.label()),
        dataset.rows(Part.TRAIN.label()),
        counts,
        "ONNX model of program " + program.name() + " " + program.version(),
        0);
  }

  /** The program's parameters, and which program it was. */
  private static ObjectNode parameters(ProgramDefinition program) {
    return program
        .parameters()
        .deepCopy()
        .put("program", program.name())
        .put("program_version", program.version());
  }

  private static Threshold threshold(
      StageContext context, Dataset dataset, Preparation preparation, Predictor predictor) {
    ThresholdRule rule = context.workflow().testing().threshold();
    List<RowBatch> validation = new ArrayList<>();
    if (rule.needsValidation()) {
      try {
        dataset.read(validation::add, Part.VALIDATION.label());
      } catch (IOException e) {
        throw CannotException.to("read the validation rows", e.toString(), e);
      }
    }
    ScoredRows scored =
        LabelledRows.scored(
            preparation,
            predictor,
            RowBatch.concat(dataset.storedSchema(), validation),
            context.workflow().features().label(),
            context.profile().runner().parallelism());
    return rule.resolve(scored);
  }
}
