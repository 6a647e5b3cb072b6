package io.github.beamml.workflow.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Interval;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.evaluation.Verdict;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.definition.TrainingDefinition;
import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.StageRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a whole run came to.
 *
 * @param stages in their order
 * @param registered such as {@code flight-delays v1}; empty if nothing was registered
 * @param environment that serves it now; empty if none does
 * @param millis of the whole run, resumed stages not counted
 */
public record RunResult(
    String run,
    Map<String, StageRecord> stages,
    Evaluation evaluation,
    Verdict verdict,
    ServingCheck.Result serving,
    String datasetFingerprint,
    String registered,
    String environment,
    Path report,
    long millis) {
  public StageRecord stage(String name) {
    StageRecord record = stages.get(name);
    if (record == null) {
      throw new IllegalArgumentException(name);
    }
    return record;
  }

  public String modelDigest() {
    return stage(TrainingDefinition.STAGE).artifact(StageRecord.MAIN).digest().text();
  }

  public String featuresDigest() {
    return stage(FeatureDefinition.STAGE).artifact("features").digest().text();
  }

  /** Those of all stages. */
  private long deadLetters() {
    return stages.values().stream().mapToLong(stage -> stage.count("dead_letters")).sum();
  }

  /** The object that {@code --json} prints. */
  public ObjectNode toJson() {
    StageRecord reader = stage(ReaderDefinition.STAGE);
    ObjectNode json =
        CanonicalJson.object()
            .put("run_id", run)
            .put("features_digest", featuresDigest())
            .put("model_digest", modelDigest())
            .put("dataset_fingerprint", datasetFingerprint)
            .put("gate", verdict.word());
    putAuc(json);
    json.put("rows", reader.rowsOut())
        .put("dead_letters", deadLetters())
        .put("test_rows", stage(TestingDefinition.STAGE).rowsOut())
        .put("scored_batch", serving.batch())
        .put("scored_stream", serving.stream())
        .put("scored_single", serving.single())
        .put("differing_scores", serving.differing())
        .put("registered", registered)
        .put("environment", environment)
        .put("report", report.toString())
        .put("seconds", millis / 1000.0);
    var list = json.putArray("stages");
    for (StageRecord record : stages.values()) {
      list.addObject()
          .put("name", record.stage())
          .put("seconds", record.millis() / 1000.0)
          .put("rows_in", record.rowsIn())
          .put("rows_out", record.rowsOut())
          .put("artifact", record.artifact(StageRecord.MAIN).digest().text());
    }
    return json;
  }

  private void putAuc(ObjectNode json) {
    var auc = evaluation.estimate(Metric.AUC);
    put(json, "auc", auc.value());
    put(json, "auc_low", bound(auc.interval().map(Interval::low).stream().toList()));
    put(json, "auc_high", bound(auc.interval().map(Interval::high).stream().toList()));
  }

  private static OptionalDouble bound(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).findFirst();
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }
}
