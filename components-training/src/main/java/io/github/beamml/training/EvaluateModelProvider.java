package io.github.beamml.training;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.registry.ModelParameters;
import io.github.beamml.engine.expression.Label;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** {@link EvaluateModel} for every SDK. */
public final class EvaluateModelProvider extends ComponentProvider {
  private static final String GATES_OUTPUT = "gates";

  private static final Parameter<String> LABEL =
      Parameter.string("label", "Name of what is predicted: a column of booleans, or 0 and 1.")
          .required();
  private static final Parameter<String> LABEL_IS =
      Parameter.string(
          "label_is",
          "Condition that the label is made of, such as arr_delay > 15; without it the label is a"
              + " column.");
  private static final Parameter<List<String>> SLICES =
      Parameter.strings(
          "slices", "Columns or expressions that parts of the rows are looked at by.");
  private static final Parameter<List<String>> GATE =
      Parameter.strings(
          "gate",
          "Rules such as auc.low >= 0.66; their results are a second output, named gates, which is"
              + " there only then.");
  private static final Parameter<String> ZONE =
      Parameter.string("zone", "Time zone of times that name none, by its IANA name.")
          .defaultTo("UTC");
  private static final Parameter<List<String>> ROW_KEY =
      Parameter.strings(
          "row_key",
          "Fields that make a row itself; without them its keys, or else its whole content.");

  public EvaluateModelProvider() {
    super(
        Descriptor.of(
                "evaluate_model",
                "Evaluates a model on bounded raw rows: metrics with intervals, overall and by"
                    + " slice, and what gates say of them.",
                LABEL,
                LABEL_IS,
                SLICES,
                GATE,
                ZONE,
                ROW_KEY)
            .with(ModelParameters.DESCRIPTOR),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    String zone = configuration.get(ZONE);
    String name = configuration.get(LABEL);
    List<String> gates = configuration.find(GATE).orElse(List.of());
    PCollectionTuple results =
        onlyInput(input)
            .apply(
                "Evaluate",
                EvaluateModel.with(ModelParameters.model(configuration))
                    .label(
                        configuration
                            .find(LABEL_IS)
                            .map(is -> Label.of(name, is, zone))
                            .orElseGet(() -> Label.ofColumn(name)))
                    .slices(texts(configuration.find(SLICES).orElse(List.of())))
                    .gates(texts(gates))
                    .rowKey(texts(configuration.find(ROW_KEY).orElse(List.of())))
                    .zone(zone));
    PCollectionRowTuple figures =
        PCollectionRowTuple.of(OUTPUT, results.get(EvaluateModel.FIGURES));
    return gates.isEmpty() ? figures : figures.and(GATES_OUTPUT, results.get(EvaluateModel.GATES));
  }

  private static String[] texts(List<String> list) {
    return list.toArray(String[]::new);
  }
}
