package io.github.beamml.workflow.stage;

import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.split.Part;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.training.TrainPreparedRows;
import io.github.beamml.training.Trainer;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.TrainingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.beam.sdk.Pipeline;

/** Trains a model on the training rows. */
final class TrainingStage implements Stage {
  private static final String COLLECTED = "model";

  @Override
  public String name() {
    return TrainingDefinition.STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    Dataset dataset = context.dataset(Workflow.SPLIT_STAGE);
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    Trainer trainer = context.workflow().training().orElseThrow().trainer();
    Draft draft = context.store().draft(context.run(), name());
    Pipeline pipeline = context.pipeline();
    pipeline
        .apply(
            "TrainModel",
            TrainPreparedRows.of(
                trainer,
                context.workflow().features().label(),
                context.workflow().testing().threshold(),
                FeatureStage.features(context),
                preparation.features().featureColumns(),
                draft,
                dataset.source(Part.TRAIN.label()),
                dataset.source(Part.VALIDATION.label())))
        .apply("Collect", Collect.into(draft.folder(), COLLECTED));
    context.run(pipeline);
    List<String> lines = Collect.read(draft.folder(), COLLECTED);
    if (lines.size() != 1) {
      throw CannotException.to("continue " + name(), "the training gave no model");
    }
    StoredArtifact model = TrainPreparedRows.publish(draft, lines.get(0), context.provenance());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows", dataset.rows(Part.TRAIN.label()));
    counts.put("features", (long) preparation.features().slots().size());
    return new StageRecord(
        name(),
        Map.of(StageRecord.MAIN, StageRecord.Left.of(model)),
        dataset.rows(Part.TRAIN.label()),
        dataset.rows(Part.TRAIN.label()),
        counts,
        summary(trainer),
        0);
  }

  private static String summary(Trainer trainer) {
    StringJoiner summary = new StringJoiner(", ");
    summary.add(trainer.name().replace('_', ' '));
    trainer
        .parameters()
        .fields()
        .forEachRemaining(
            entry ->
                summary.add(entry.getKey().replace('_', ' ') + " " + entry.getValue().asText()));
    return summary.toString();
  }
}
