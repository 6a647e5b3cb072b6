package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.evaluation.Baseline;
import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.GateResult;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.evaluation.Verdict;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.split.Part;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.serving.OnnxParity;
import io.github.beamml.training.EvaluateScoredRows;
import io.github.beamml.training.LabelledRows;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.definition.TrainingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;

/**
 * Evaluates the model on the test rows, judges it by its gates and registers it. The version in
 * {@code prod}, if there is one, is the baseline.
 */
final class TestingStage implements Stage {
  /** The file of an evaluation artifact. */
  static final String EVALUATION_FILE = "evaluation.json";

  private static final String PRIOR_FILE = "prior.json";
  private static final String COLLECTED = "evaluation";
  private static final long BOOTSTRAP_SEED = 7;

  @Override
  public String name() {
    return TestingDefinition.STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    TestingDefinition definition = context.workflow().testing();
    Dataset dataset = context.dataset(Workflow.SPLIT_STAGE);
    StoredArtifact modelArtifact = context.artifact(TrainingDefinition.STAGE, StageRecord.MAIN);
    Model model = Model.read(modelArtifact);
    context.progress().accept("comparing with ONNX Runtime");
    OnnxParity.check(model);
    double prior = trainingLabelRate(dataset, model.label());
    EvaluateScoredRows.Result result = evaluate(context, modelArtifact, dataset, prior);
    Baseline baseline = ProdBaseline.of(context, result.evaluation(), prior);
    Verdict verdict =
        definition.gates().judge(result.evaluation(), baseline).and(programs(context));

    ObjectNode provenance = context.provenance();
    StoredArtifact evaluationArtifact =
        publishEvaluation(context, modelArtifact, result, provenance);
    StoredArtifact verdictArtifact =
        publishVerdict(context, evaluationArtifact, baseline, verdict, provenance);
    Optional<ModelVersion> version =
        definition
            .registration()
            .map(to -> register(context, to, modelArtifact, verdictArtifact, verdict));
    return record(
        dataset, result.evaluation(), verdict, version, evaluationArtifact, verdictArtifact);
  }

  private static EvaluateScoredRows.Result evaluate(
      StageContext context, StoredArtifact artifact, Dataset dataset, double prior) {
    ArtifactReference model = ArtifactReference.to(context.store(), artifact);
    Chain rows =
        Chain.from(dataset.source(Part.TEST.label())).then(EvaluateScoredRows.scorePrepared(model));
    return evaluate(context, model, rows, prior)
        .orElseThrow(
            () ->
                CannotException.to(
                    "continue " + TestingDefinition.STAGE, "there are no test rows"));
  }

  /** Evaluates a model on scored rows with this workflow's label and slices; empty without rows. */
  static Optional<EvaluateScoredRows.Result> evaluate(
      StageContext context, ArtifactReference model, Chain rows, double prior) {
    Draft scratch = context.store().draft(context.run(), TestingDefinition.STAGE);
    Pipeline pipeline = context.pipeline();
    pipeline
        .apply(
            "Evaluate",
            EvaluateScoredRows.of(
                model,
                context.workflow().features().label(),
                context.workflow().testing().slices(),
                prior,
                BOOTSTRAP_SEED,
                rows))
        .apply("Collect", Collect.into(scratch.folder(), COLLECTED));
    context.run(pipeline);
    return Collect.read(scratch.folder(), COLLECTED).stream()
        .map(EvaluateScoredRows.Result::fromLine)
        .findFirst();
  }

  /** What the gates of the user's own evaluations said. */
  private static List<GateResult> programs(StageContext context) {
    List<GateResult> results = new ArrayList<>();
    for (ProgramDefinition program : context.workflow().programs().values()) {
      if (!program.gates().isEmpty()) {
        StoredArtifact verdict = context.artifact(program.name(), StageRecord.VERDICT);
        results.addAll(
            Verdict.fromJson(
                    program.name(),
                    CanonicalJson.parse(program.name(), verdict.read(StageRecord.VERDICT_FILE)))
                .results());
      }
    }
    return results;
  }

  private static double trainingLabelRate(Dataset dataset, String label) {
    long[] counts = new long[2];
    try {
      dataset.read(batch -> count(batch, label, counts), Part.TRAIN.label());
    } catch (IOException e) {
      throw CannotException.to("read the training rows", e.toString(), e);
    }
    return counts[1] / (double) (counts[0] + counts[1]);
  }

  private static void count(RowBatch batch, String label, long[] counts) {
    for (byte value : LabelledRows.labels(batch, label)) {
      counts[value]++;
    }
  }

  private static StoredArtifact publishEvaluation(
      StageContext context,
      StoredArtifact model,
      EvaluateScoredRows.Result result,
      ObjectNode provenance) {
    ObjectNode content = CanonicalJson.object().put("model", model.digest().text());
    content.set("evaluation", result.evaluation().toJson());
    content.set("prior", result.prior().toJson());
    return context
        .store()
        .draft(context.run(), TestingDefinition.STAGE)
        .write(EVALUATION_FILE, CanonicalJson.bytes(result.evaluation().toJson()))
        .write(PRIOR_FILE, CanonicalJson.bytes(result.prior().toJson()))
        .publish(ArtifactKind.EVALUATION, digested(content), provenance);
  }

  /** Large content is digested once more, so that a manifest stays readable. */
  private static ObjectNode digested(ObjectNode content) {
    ObjectNode digests = CanonicalJson.object();
    content
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue() instanceof ObjectNode object) {
                digests.put(
                    entry.getKey() + "_digest", Digest.of(CanonicalJson.bytes(object)).text());
              } else {
                digests.set(entry.getKey(), entry.getValue());
              }
            });
    return digests;
  }

  private static StoredArtifact publishVerdict(
      StageContext context,
      StoredArtifact evaluation,
      Baseline baseline,
      Verdict verdict,
      ObjectNode provenance) {
    ObjectNode content = CanonicalJson.object().put("evaluation", evaluation.digest().text());
    content.set("verdict", verdict.toJson());
    Draft draft =
        context
            .store()
            .draft(context.run(), TestingDefinition.STAGE)
            .write(StageRecord.VERDICT_FILE, CanonicalJson.bytes(verdict.toJson()));
    baseline
        .evaluation()
        .ifPresent(
            other -> {
              content.set("baseline", other.toJson());
              draft.write(StageRecord.BASELINE_FILE, CanonicalJson.bytes(other.toJson()));
            });
    return draft.publish(ArtifactKind.VERDICT, digested(content), provenance);
  }

  private static ModelVersion register(
      StageContext context,
      TestingDefinition.Registration to,
      StoredArtifact model,
      StoredArtifact verdictArtifact,
      Verdict verdict) {
    ModelRegistry registry = ModelRegistry.in(context.store().names());
    return registry.register(
        to.model(),
        model.digest(),
        model.seal(),
        verdictArtifact.digest(),
        verdict.passed(),
        context.run(),
        to.tags());
  }

  private StageRecord record(
      Dataset dataset,
      Evaluation evaluation,
      Verdict verdict,
      Optional<ModelVersion> version,
      StoredArtifact evaluationArtifact,
      StoredArtifact verdictArtifact) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("test_rows", evaluation.rows());
    counts.put("passed", verdict.passed() ? 1L : 0L);
    version.ifPresent(registered -> counts.put("version", registered.number()));
    return new StageRecord(
        name(),
        Map.of(
            StageRecord.MAIN,
            StageRecord.Left.of(evaluationArtifact),
            StageRecord.VERDICT,
            StageRecord.Left.of(verdictArtifact)),
        dataset.rows(Part.TEST.label()),
        evaluation.rows(),
        counts,
        aucText(evaluation) + ", gate " + verdict.word(),
        0);
  }

  private static String aucText(Evaluation evaluation) {
    Estimate auc = evaluation.estimate(Metric.AUC);
    if (auc.value().isEmpty()) {
      return "no AUC (" + auc.reason().orElse("") + ")";
    }
    String interval =
        auc.interval()
            .map(
                bounds ->
                    " ["
                        + Figures.decimal(bounds.low(), 3)
                        + ", "
                        + Figures.decimal(bounds.high(), 3)
                        + "]")
            .orElse("");
    return "AUC " + Figures.decimal(auc.value().getAsDouble(), 3) + interval;
  }
}
