package io.github.beamml.training;

import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.Baseline;
import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Gate;
import io.github.beamml.engine.evaluation.GateResult;
import io.github.beamml.engine.evaluation.Gates;
import io.github.beamml.engine.evaluation.Group;
import io.github.beamml.engine.evaluation.Interval;
import io.github.beamml.engine.evaluation.Slice;
import io.github.beamml.engine.evaluation.Slices;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a model on raw rows with a label: all metrics, overall and by slice, with the intervals
 * of a deterministic bootstrap, and what gates say of them. The figures are those that a workflow's
 * model-testing has for the same rows and row keys.
 *
 * <pre>{@code
 * PCollectionTuple tested =
 *     testFlights.apply(
 *         EvaluateModel.with(Path.of("models/late"))
 *             .label("late", "arr_delay > 15")
 *             .slices("carrier")
 *             .rowKey("id")
 *             .gates("auc.low >= 0.66", "auc.low by carrier >= 0.55 where rows >= 500"));
 * }</pre>
 *
 * <p>{@link #FIGURES} has a row for each metric of each group ({@link #FIGURE}), {@link #GATES} one
 * for each gate ({@link #GATE}). Rows whose label is null are left out. The first row that cannot
 * be computed fails. Input: bounded, in the global window. State class: gathered, about 60 bytes a
 * row on one worker.
 */
public final class EvaluateModel extends PTransform<PCollection<Row>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "evaluate_model";

  /** As in workflows. */
  private static final long SEED = 7;

  /** A metric of a group of rows; the slice columns are null for all rows. */
  public static final Schema FIGURE =
      Schema.builder()
          .addNullableField("by", FieldType.STRING)
          .addNullableField("slice", FieldType.STRING)
          .addField("metric", FieldType.STRING)
          .addNullableField("value", FieldType.DOUBLE)
          .addNullableField("low", FieldType.DOUBLE)
          .addNullableField("high", FieldType.DOUBLE)
          .addField("rows", FieldType.INT64)
          .addField("positives", FieldType.INT64)
          .build();

  /** What became of a gate. */
  public static final Schema GATE =
      Schema.builder()
          .addField("gate", FieldType.STRING)
          .addField("passed", FieldType.BOOLEAN)
          .addField("reason", FieldType.STRING)
          .build();

  /** The figures, as {@link #FIGURE}. */
  public static final TupleTag<Row> FIGURES = new TupleTag<>("figures") {};

  /** The gates' results, as {@link #GATE}; none if there are no gates. */
  public static final TupleTag<Row> GATES = new TupleTag<>("gates") {};

  private final SealedModel model;
  private final @Nullable Label label;
  private final List<String> slices;
  private final List<String> gates;
  private final RowIdentity identity;
  private final String zone;

  private EvaluateModel(
      SealedModel model,
      @Nullable Label label,
      List<String> slices,
      List<String> gates,
      RowIdentity identity,
      String zone) {
    this.model = model;
    this.label = label;
    this.slices = List.copyOf(slices);
    this.gates = List.copyOf(gates);
    this.identity = identity;
    this.zone = zone;
  }

  /** Evaluates a model of an artifact store. */
  public static EvaluateModel with(ArtifactReference model) {
    return with(SealedModel.in(model));
  }

  /**
   * Evaluates the model that a local folder holds now.
   *
   * @throws io.github.beamml.engine.CannotException if the folder holds none
   */
  public static EvaluateModel with(Path folder) {
    return with(SealedModel.in(folder));
  }

  static EvaluateModel with(SealedModel model) {
    return new EvaluateModel(
        model, null, List.of(), List.of(), new RowIdentity(List.of()), ZoneRules.UTC.id());
  }

  /** The label is a column: booleans, or 0 and 1. */
  public EvaluateModel label(String column) {
    return label(Label.ofColumn(column));
  }

  /**
   * The label is a condition.
   *
   * @param is when it is true; a row where it is null is left out
   * @throws InvalidInputException naming the position if the text is no expression
   */
  public EvaluateModel label(String name, String is) {
    return label(Label.of(name, is));
  }

  /** As {@link #label(String, String)}. */
  public EvaluateModel label(Label what) {
    return new EvaluateModel(model, what, slices, gates, identity, zone);
  }

  /** Columns or expressions that parts of the rows are looked at by. */
  public EvaluateModel slices(String... by) {
    return new EvaluateModel(model, label, List.of(by), gates, identity, zone);
  }

  /**
   * Rules such as {@code auc.low by carrier >= 0.55 where rows >= 500}. There is no baseline, so a
   * gate on a change is refused.
   */
  public EvaluateModel gates(String... rules) {
    return new EvaluateModel(model, label, slices, List.of(rules), identity, zone);
  }

  /** The fields that make a row itself; the intervals are functions of them. */
  public EvaluateModel rowKey(String... fields) {
    return new EvaluateModel(model, label, slices, gates, new RowIdentity(List.of(fields)), zone);
  }

  /** Where the slices' times are local; UTC if not. */
  public EvaluateModel zone(String name) {
    String known = ZoneRules.of(name, "zone").id();
    return new EvaluateModel(model, label, slices, gates, identity, known);
  }

  /**
   * @throws InvalidInputException if there is no label, or label, slices, gates or row key name
   *     what is not there
   */
  @Override
  public PCollectionTuple expand(PCollection<Row> input) {
    if (label == null) {
      throw InvalidInputException.of("label", "missing", "given");
    }
    List<Expression> by = new ArrayList<>();
    slices.forEach(slice -> by.add(Expression.parse("slices[" + by.size() + "]", slice, zone)));
    checked(gates, slices);
    RowSchema rows = BeamRows.toRowSchema(input.getSchema());
    RowEvaluation evaluation = new RowEvaluation(model, label.name(), by, SEED);
    List<BatchFn> functions = new ArrayList<>(identity.functions(rows));
    label.check(rows);
    functions.add(ScoreRawFn.of(model));
    functions.addAll(label.functions());
    functions.addAll(evaluation.functions());
    RowSchema schema = GatherRows.schema(rows, functions);
    PCollectionTuple results =
        input
            .apply("Rows", GatherRows.of(NAME, List.of(functions)))
            .apply(
                "Evaluate",
                ParDo.of(
                        new EvaluateFn(
                            evaluation, schema, identity.needsNumbers(rows), gates, slices))
                    .withOutputTags(FIGURES, TupleTagList.of(GATES)));
    results.get(FIGURES).setRowSchema(FIGURE);
    results.get(GATES).setRowSchema(GATE);
    return results;
  }

  private static Gates checked(List<String> texts, List<String> slices) {
    List<Gate> gates = new ArrayList<>();
    for (String text : texts) {
      Gate gate = Gate.parse("gate[" + gates.size() + "]", text);
      if (gate.isChange()) {
        throw InvalidInputException.because(
            "gate[" + gates.size() + "]",
            text + " (must be without a change, as there is no baseline here)");
      }
      gates.add(gate);
    }
    Gates all = Gates.of(gates, Optional.empty());
    all.check(slices);
    return all;
  }

  private static final class EvaluateFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, RowBatch>>>, Row> {
    private static final long serialVersionUID = 1L;

    private final RowEvaluation evaluation;
    private final RowSchema schema;
    private final boolean numbering;
    private final List<String> gates;
    private final List<String> slices;

    EvaluateFn(
        RowEvaluation evaluation,
        RowSchema schema,
        boolean numbering,
        List<String> gates,
        List<String> slices) {
      this.evaluation = evaluation;
      this.schema = schema;
      this.numbering = numbering;
      this.gates = gates;
      this.slices = slices;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<KV<Integer, RowBatch>>> element,
        MultiOutputReceiver receiver) {
      List<KV<Integer, RowBatch>> gathered = new ArrayList<>();
      element.getValue().forEach(gathered::add);
      RowBatch rows = GatherRows.concat(schema, 0, gathered);
      Evaluation result =
          evaluation
              .evaluator()
              .evaluate(evaluation.scored(numbering ? RowIdentity.numbered(rows) : rows));
      OutputReceiver<Row> figures = receiver.get(FIGURES);
      figures(null, null, result.overall(), figures);
      for (Slices by : result.slices()) {
        for (Slice slice : by.slices()) {
          figures(by.by(), slice.value().orElse(null), slice.group(), figures);
        }
      }
      for (GateResult gate : checked(gates, slices).judge(result, Baseline.none()).results()) {
        receiver
            .get(GATES)
            .output(
                Row.withSchema(GATE).addValues(gate.gate(), gate.passed(), gate.reason()).build());
      }
    }

    private static void figures(
        @Nullable String by, @Nullable String slice, Group group, OutputReceiver<Row> output) {
      for (Estimate estimate : group.estimates()) {
        output.output(
            Row.withSchema(FIGURE)
                .addValue(by)
                .addValue(slice)
                .addValue(estimate.metric().key())
                .addValue(orNull(estimate.value()))
                .addValue(estimate.interval().map(Interval::low).orElse(null))
                .addValue(estimate.interval().map(Interval::high).orElse(null))
                .addValue(group.rows())
                .addValue(group.positives())
                .build());
      }
    }

    private static @Nullable Double orNull(OptionalDouble value) {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }
}
