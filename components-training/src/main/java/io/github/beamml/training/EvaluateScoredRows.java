package io.github.beamml.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.GatherSink;
import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Evaluator;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Evaluates what a model says of rows, on one worker: gives one line of JSON with the evaluation of
 * the model and of the prior, which gives every row the label rate of the training rows.
 *
 * <pre>{@code
 * Chain rows = Chain.from(dataset.source("test")).then(EvaluateScoredRows.scorePrepared(model));
 * pipeline.apply(EvaluateScoredRows.of(model, "late", slices, 0.24, 7, rows));
 * }</pre>
 *
 * <p>State class: gathered, see {@link ScoredRows}.
 */
public final class EvaluateScoredRows extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final ArtifactReference model;
  private final String label;
  private final List<Expression> slices;
  private final double prior;
  private final long seed;
  private final transient Chain rows;

  private EvaluateScoredRows(
      ArtifactReference model,
      String label,
      List<Expression> slices,
      double prior,
      long seed,
      Chain rows) {
    this.model = model;
    this.label = label;
    this.slices = new ArrayList<>(slices);
    this.prior = prior;
    this.seed = seed;
    this.rows = rows;
  }

  /**
   * What the line says.
   *
   * @param evaluation of the model
   * @param prior of the constant prediction, on the same rows
   */
  public record Result(Evaluation evaluation, Evaluation prior) {
    public static Result fromLine(String line) {
      JsonNode json = CanonicalJson.parse("evaluation", line);
      return new Result(
          Evaluation.fromJson("evaluation", json.path("evaluation")),
          Evaluation.fromJson("evaluation of the prior", json.path("prior")));
    }
  }

  /**
   * @param model whose threshold holds
   * @param slices columns or expressions that parts of the rows are looked at by
   * @param prior the probability that the prior gives every row
   * @param seed of the bootstrap
   * @param rows with label and row keys, scored by {@link #scorePrepared} or {@link #scoreRaw}
   */
  public static EvaluateScoredRows of(
      ArtifactReference model,
      String label,
      List<Expression> slices,
      double prior,
      long seed,
      Chain rows) {
    return new EvaluateScoredRows(model, label, slices, prior, seed, rows);
  }

  /** Scores rows that have the model's features. */
  public static BatchFn scorePrepared(ArtifactReference model) {
    return new ScorePreparedFn(SealedModel.in(model));
  }

  /**
   * Scores raw rows by way of the model's own preparation and leaves their columns as they are, so
   * that rows with other features, or none, can follow. Rows that the preparation cannot compute
   * are left out.
   */
  public static BatchFn scoreRaw(ArtifactReference model) {
    return ScoreRawFn.leavingOut(SealedModel.in(model));
  }

  @Override
  public PCollection<String> expand(PBegin input) {
    RowEvaluation evaluation = new RowEvaluation(SealedModel.in(model), label, slices, seed);
    Chain chain = rows;
    for (BatchFn function : evaluation.functions()) {
      chain = chain.then(function);
    }
    RowSchema schema = chain.schema();
    return input
        .apply("Score", chain.into(GatherSink.of(schema)))
        .output()
        .apply("OneWorker", ParDo.of(new OneKeyFn(0)))
        .setCoder(OneKeyFn.coder(schema))
        .apply("Gather", GroupByKey.create())
        .apply("Evaluate", ParDo.of(new EvaluateFn(evaluation, schema, prior)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class EvaluateFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, RowBatch>>>, String> {
    private static final long serialVersionUID = 1L;

    private final RowEvaluation evaluation;
    private final RowSchema schema;
    private final double prior;

    EvaluateFn(RowEvaluation evaluation, RowSchema schema, double prior) {
      this.evaluation = evaluation;
      this.schema = schema;
      this.prior = prior;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<KV<Integer, RowBatch>>> gathered,
        OutputReceiver<String> output) {
      List<RowBatch> batches = new ArrayList<>();
      gathered.getValue().forEach(batch -> batches.add(batch.getValue()));
      ScoredRows rows = evaluation.scored(RowBatch.concat(schema, batches));
      Evaluator evaluator = evaluation.evaluator();
      ObjectNode line = CanonicalJson.object();
      line.set("evaluation", evaluator.evaluate(rows).toJson());
      line.set("prior", evaluator.evaluate(rows.withConstant(prior)).toJson());
      output.output(CanonicalJson.text(line));
    }
  }
}
