package io.github.beamml.training;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.registry.ModelParameters;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** {@link EvaluateModel} for every SDK. */
public final class EvaluateModelProvider extends ComponentProvider {
  private static final String GATES_OUTPUT = "gates";

  private static final Parameter<List<String>> SLICES =
      Parameter.strings(
          "slices", "Columns or expressions that parts of the rows are looked at by.");
  private static final Parameter<List<String>> GATE =
      Parameter.strings(
          "gate",
          "Rules such as auc.low >= 0.66; their results are a second output, named gates, which is"
              + " there only then.");

  public EvaluateModelProvider() {
    super(
        Descriptor.of(
                "evaluate_model",
                "Evaluates a model on bounded raw rows: metrics with intervals, overall and by"
                    + " slice, and what gates say of them.",
                SLICES,
                GATE)
            .with(LabelParameters.DESCRIPTOR)
            .with(ModelParameters.DESCRIPTOR),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    List<String> gates = configuration.find(GATE).orElse(List.of());
    PCollectionTuple results =
        onlyInput(input)
            .apply(
                "Evaluate",
                EvaluateModel.with(ModelParameters.model(configuration))
                    .label(LabelParameters.label(configuration))
                    .slices(texts(configuration.find(SLICES).orElse(List.of())))
                    .gates(texts(gates))
                    .rowKey(texts(LabelParameters.rowKey(configuration)))
                    .zone(configuration.get(LabelParameters.ZONE)));
    PCollectionRowTuple figures =
        PCollectionRowTuple.of(OUTPUT, results.get(EvaluateModel.FIGURES));
    return gates.isEmpty() ? figures : figures.and(GATES_OUTPUT, results.get(EvaluateModel.GATES));
  }

  private static String[] texts(List<String> list) {
    return list.toArray(String[]::new);
  }
}
