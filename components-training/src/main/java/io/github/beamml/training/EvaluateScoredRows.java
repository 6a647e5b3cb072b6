package io.github.beamml.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.GatherSink;
import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.evaluation.Bootstrap;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Evaluator;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.evaluation.SliceColumn;
import io.github.beamml.engine.expression.DeriveFn;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SelectFn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

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
  private static final String SLICE = "_slice";

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
    return new ScoreRawFn(SealedModel.in(model));
  }

  @Override
  public PCollection<String> expand(PBegin input) {
    Chain chain = rows;
    List<String> names = new ArrayList<>(List.of(Field.ROW_KEY.name(), label));
    Map<String, Expression> sliceColumns = new LinkedHashMap<>();
    for (Expression slice : slices) {
      sliceColumns.put("slice" + sliceColumns.size() + SLICE, slice);
    }
    if (!sliceColumns.isEmpty()) {
      chain = chain.then(DeriveFn.of(sliceColumns));
    }
    names.addAll(sliceColumns.keySet());
    names.add(Scores.MARGIN.name());
    names.add(Scores.PROBABILITY.name());
    RowSchema schema = chain.schema().select(names);
    return input
        .apply("Score", chain.then(SelectFn.of(names)).into(GatherSink.of(schema)))
        .output()
        .apply("OneWorker", ParDo.of(new OneKeyFn(0)))
        .setCoder(OneKeyFn.coder(schema))
        .apply("Gather", GroupByKey.create())
        .apply(
            "Evaluate",
            ParDo.of(
                new EvaluateFn(
                    model, schema, slices.stream().map(Expression::text).toList(), prior, seed)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class EvaluateFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, RowBatch>>>, String> {
    private static final long serialVersionUID = 1L;

    private final ArtifactReference model;
    private final RowSchema schema;
    private final ArrayList<String> slices;
    private final double prior;
    private final long seed;

    EvaluateFn(
        ArtifactReference model, RowSchema schema, List<String> slices, double prior, long seed) {
      this.model = model;
      this.schema = schema;
      this.slices = new ArrayList<>(slices);
      this.prior = prior;
      this.seed = seed;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<KV<Integer, RowBatch>>> gathered,
        OutputReceiver<String> output) {
      List<RowBatch> batches = new ArrayList<>();
      gathered.getValue().forEach(batch -> batches.add(batch.getValue()));
      ScoredRows rows = scoredRows(RowBatch.concat(schema, batches));
      Evaluator evaluator =
          Evaluator.at(SealedModel.in(model).open().model().threshold())
              .withBootstrap(Bootstrap.of(seed))
              .withThreads(Runtime.getRuntime().availableProcessors());
      ObjectNode line = CanonicalJson.object();
      line.set("evaluation", evaluator.evaluate(rows).toJson());
      line.set("prior", evaluator.evaluate(rows.withConstant(prior)).toJson());
      output.output(CanonicalJson.text(line));
    }

    private ScoredRows scoredRows(RowBatch rows) {
      List<SliceColumn> columns = new ArrayList<>();
      for (int i = 0; i < slices.size(); i++) {
        columns.add(SliceColumn.ofValues(slices.get(i), texts(rows.column(2 + i))));
      }
      int margin = 2 + slices.size();
      return ScoredRows.of(
          ((DoubleColumn) rows.column(margin)).values().clone(),
          ((DoubleColumn) rows.column(margin + 1)).values().clone(),
          LabelledRows.labels(rows, schema.field(1).name()),
          LabelledRows.keys(rows),
          columns);
    }

    private static List<@Nullable String> texts(Column column) {
      List<@Nullable String> texts = new ArrayList<>(column.size());
      for (int row = 0; row < column.size(); row++) {
        @Nullable Object value = column.value(row);
        texts.add(value == null ? null : value.toString());
      }
      return texts;
    }
  }
}
