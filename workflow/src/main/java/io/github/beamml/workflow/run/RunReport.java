package io.github.beamml.workflow.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.definition.TrainingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.report.Report;
import io.github.beamml.workflow.report.ReportPage;
import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes the page of a run. */
final class RunReport {
  private static final int SHOWN_FEATURES = 15;

  private RunReport() {}

  static void write(Workflow workflow, RunResult result, StageContext context) {
    Report report = report(workflow, result, context);
    try {
      Files.createDirectories(Objects.requireNonNull(result.report().getParent()));
      Files.write(result.report(), ReportPage.html(report).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CannotException.to("write " + result.report(), e.toString(), e);
    }
  }

  private static Report report(Workflow workflow, RunResult result, StageContext context) {
    Report.Builder builder =
        Report.of(workflow.name(), result.evaluation(), result.verdict()).toBuilder()
            .setSubtitle(List.of("version " + workflow.version(), "run " + result.run()))
            .setSubject(
                new Report.Subject(workflow.features().subject(), workflow.features().clause()))
            .setBaselines(baselines(context))
            .setImportances(importances(context))
            .setStages(stages(result))
            .setFacts(List.of(data(workflow, result), digests(result), versions(context)));
    if (!result.registered().isEmpty()) {
      String where = result.environment().isEmpty() ? "" : " -> " + result.environment();
      builder.setRegistered(result.registered() + where);
    }
    return builder.build();
  }

  private static List<Report.Baseline> baselines(StageContext context) {
    StoredArtifact evaluation = context.artifact(TestingDefinition.STAGE, StageRecord.MAIN);
    StoredArtifact verdict = context.artifact(TestingDefinition.STAGE, StageRecord.VERDICT);
    List<Report.Baseline> baselines = new ArrayList<>();
    baselines.add(baseline("the label rate alone", evaluation, "prior.json"));
    if (verdict.manifest().files().stream()
        .anyMatch(file -> file.name().equals(StageRecord.BASELINE_FILE))) {
      baselines.add(baseline("the version in prod", verdict, StageRecord.BASELINE_FILE));
    }
    return baselines;
  }

  private static Report.Baseline baseline(String name, StoredArtifact artifact, String file) {
    return new Report.Baseline(
        name, Evaluation.fromJson(file, CanonicalJson.parse(file, artifact.read(file))));
  }

  private static List<Report.Importance> importances(StageContext context) {
    Model model = Model.read(context.artifact(TrainingDefinition.STAGE, StageRecord.MAIN));
    return model.predictor().importances().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN_FEATURES)
        .map(entry -> new Report.Importance(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Report.Stage> stages(RunResult result) {
    List<Report.Stage> stages = new ArrayList<>();
    for (StageRecord record : result.stages().values()) {
      stages.add(
          new Report.Stage(
              record.stage(),
              record.summary(),
              OptionalLong.of(record.rowsIn()),
              OptionalLong.of(record.rowsOut()),
              OptionalDouble.of(record.millis() / 1000.0),
              Optional.of(record.artifact(StageRecord.MAIN).digest().abbreviated())));
    }
    stages.add(
        new Report.Stage(
            ServingCheck.NAME,
            result.serving().summary(),
            OptionalLong.of(result.serving().testRows()),
            OptionalLong.of(result.serving().testRows()),
            OptionalDouble.of(result.serving().millis() / 1000.0),
            Optional.empty()));
    return stages;
  }

  private static Report.Facts data(Workflow workflow, RunResult result) {
    List<Report.Fact> facts = new ArrayList<>();
    workflow
        .reader()
        .ifPresent(
            reader ->
                reader
                    .provenance()
                    .fields()
                    .forEachRemaining(
                        entry ->
                            facts.add(new Report.Fact(entry.getKey(), entry.getValue().asText()))));
    for (StageRecord record : result.stages().values()) {
      record
          .counts()
          .forEach(
              (name, number) ->
                  facts.add(new Report.Fact(record.stage() + ": " + name, Figures.count(number))));
    }
    return new Report.Facts("Data", facts);
  }

  private static Report.Facts digests(RunResult result) {
    List<Report.Fact> facts = new ArrayList<>();
    facts.add(new Report.Fact("dataset fingerprint", result.datasetFingerprint()));
    for (StageRecord record : result.stages().values()) {
      record
          .artifacts()
          .forEach(
              (role, left) ->
                  facts.add(new Report.Fact(record.stage() + ": " + role, left.digest().text())));
    }
    return new Report.Facts("Digests", facts);
  }

  private static Report.Facts versions(StageContext context) {
    ObjectNode provenance = context.provenance();
    List<Report.Fact> facts = new ArrayList<>();
    provenance
        .fields()
        .forEachRemaining(
            entry -> facts.add(new Report.Fact(entry.getKey(), entry.getValue().asText())));
    return new Report.Facts("Made by", facts);
  }
}
