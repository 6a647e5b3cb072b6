package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.evaluation.Baseline;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.training.EvaluateScoredRows;
import io.github.beamml.workflow.definition.TestingDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The baseline of a run: the version in {@code prod} of the model that the workflow registers. It
 * scores the raw test rows by way of its own preparation, whatever features it has, and is
 * evaluated with this workflow's label and slices.
 */
final class ProdBaseline {
  private static final String ENVIRONMENT = "prod";

  private final StageContext context;
  private final ModelVersion version;

  private ProdBaseline(StageContext context, ModelVersion version) {
    this.context = context;
    this.version = version;
  }

  /**
   * What the version in prod says of the rows of an evaluation; none if there is no version, or,
   * with the reason, if it cannot read or compute all of them.
   */
  static Baseline of(StageContext context, Evaluation evaluation, double prior) {
    return context
        .workflow()
        .testing()
        .registration()
        .map(TestingDefinition.Registration::model)
        .flatMap(
            model -> ModelRegistry.in(context.store().names()).inEnvironment(model, ENVIRONMENT))
        .map(version -> new ProdBaseline(context, version).compare(evaluation, prior))
        .orElse(Baseline.none());
  }

  private Baseline compare(Evaluation evaluation, double prior) {
    StoredArtifact artifact = context.store().openSealed(version.seal());
    List<Field> missing = missing(Model.read(artifact).preparation().inputSchema());
    if (!missing.isEmpty()) {
      String columns =
          missing.stream()
              .map(field -> field.name() + ": " + field.type().label())
              .collect(Collectors.joining(", "));
      return none("reads " + columns + ", which the rows of this run do not have");
    }
    ArtifactReference model = ArtifactReference.to(context.store(), artifact);
    Chain scored = TestRows.chain(context).then(EvaluateScoredRows.scoreRaw(model));
    Optional<Evaluation> other =
        TestingStage.evaluate(context, model, TestRows.prepared(context, scored), prior)
            .map(EvaluateScoredRows.Result::evaluation);
    if (other.filter(that -> that.rowsIdentity().equals(evaluation.rowsIdentity())).isEmpty()) {
      long rows = other.map(Evaluation::rows).orElse(0L);
      return none(
          "can compute "
              + Figures.count(rows)
              + " of the "
              + Figures.count(evaluation.rows())
              + " test rows");
    }
    return Baseline.of(other.get());
  }

  /** The columns that it reads and the rows of this run lack. */
  private List<Field> missing(RowSchema read) {
    RowSchema raw = FeatureStage.rawRows(context).schema();
    return read.fields().stream()
        .filter(field -> !raw.has(field.name()) || raw.field(field.name()).type() != field.type())
        .toList();
  }

  private Baseline none(String why) {
    String reason = version.model() + " " + version.label() + " in " + ENVIRONMENT + " " + why;
    context.progress().accept("no baseline: " + reason);
    return Baseline.none(reason);
  }
}
