package io.github.beamml.features;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.SplitPart;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Fits a feature plan to bounded rows: as many passes over the training rows as the plan is deep.
 * One function accumulates the states of a pass over a bundle, states of one key are merged in
 * parallel, and what a pass found reaches the next as a side input.
 *
 * <p>Rows must be in the global window. State: see {@link FeaturePlan#explain}.
 */
public final class FitFeatures extends PTransform<PCollection<Row>, Features> {
  private static final long serialVersionUID = 1L;
  private static final KvCoder<String, byte[]> STATES =
      KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());

  private final FeaturePlan plan;
  private final @Nullable SplitPart part;
  private final @Nullable Label label;

  private FitFeatures(FeaturePlan plan, @Nullable SplitPart part, @Nullable Label label) {
    this.plan = plan;
    this.part = part;
    this.label = label;
  }

  static FitFeatures of(FeaturePlan plan) {
    return new FitFeatures(plan, null, null);
  }

  /** Fits to the rows of a part only. */
  public FitFeatures on(SplitPart trainingRows) {
    return new FitFeatures(plan, trainingRows, label);
  }

  /**
   * Adds a label column before anything else, computed by an expression such as {@code arr_delay >
   * 15.0}; rows for which it is null are left out. It is no feature.
   *
   * @throws InvalidInputException naming the position if the text is no expression
   */
  public FitFeatures label(String name, String expression) {
    return label(Label.of(name, expression));
  }

  /** As {@link #label(String, String)}. */
  public FitFeatures label(Label what) {
    return new FitFeatures(plan, part, what);
  }

  @Override
  public Features expand(PCollection<Row> input) {
    requireBounded(input);
    PCollection<Row> rows =
        label == null
            ? input
            : input.apply("Label", ApplyToRows.of(label.functions())).get(ApplyToRows.ROWS);
    RowSchema schema = BeamRows.toRowSchema(rows.getSchema());
    if (part != null) {
      part.split().check(schema);
    }
    RowSchema outputSchema = plan.outputSchema(schema);
    Fitting first = plan.firstPass(schema);
    PCollection<Fitting> fitting =
        input
            .getPipeline()
            .apply("Plan", Create.of(first).withCoder(SerializableCoder.of(Fitting.class)));
    int passes = Math.max(1, plan.mostPasses(schema));
    for (int pass = 1; pass <= passes; pass++) {
      fitting = pass(pass, rows, schema, fitting);
    }
    PCollection<FittedFeatures> fitted =
        fitting
            .apply("RequireFitted", ParDo.of(new RequireFittedFn()))
            .setCoder(SerializableCoder.of(FittedFeatures.class));
    return new Features(rows, fitted, fitting, plan.inputSchema(schema).names(), outputSchema);
  }

  private static void requireBounded(PCollection<Row> input) {
    if (input.isBounded() != PCollection.IsBounded.BOUNDED
        || !(input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw InvalidInputException.because(
          "input", "features are fitted to bounded rows in the global window");
    }
  }

  private PCollection<Fitting> pass(
      int number, PCollection<Row> rows, RowSchema schema, PCollection<Fitting> fitting) {
    String label = " " + number;
    PCollectionView<Fitting> view = fitting.apply("Pass" + label, View.asSingleton());
    PCollection<KV<String, byte[]>> merged =
        rows.apply(
                "Accumulate" + label,
                ParDo.of(new AccumulateFn(schema, part, view)).withSideInputs(view))
            .setCoder(STATES)
            .apply("GroupStates" + label, GroupByKey.create())
            .apply("MergeStates" + label, ParDo.of(new MergeStatesFn()))
            .setCoder(STATES);
    // without any row there is no state: finishing must be asked nevertheless
    PCollection<KV<String, byte[]>> none =
        rows.getPipeline()
            .apply("NoState" + label, Create.of(KV.of("", new byte[0])).withCoder(STATES));
    return PCollectionList.of(merged)
        .and(none)
        .apply("AllStates" + label, Flatten.pCollections())
        .apply("ToOne" + label, WithKeys.of((Void) null))
        .setCoder(KvCoder.of(VoidCoder.of(), STATES))
        .apply("Gather" + label, GroupByKey.create())
        .apply("Finish" + label, ParDo.of(new FinishFn(view)).withSideInputs(view))
        .setCoder(SerializableCoder.of(Fitting.class));
  }
}
