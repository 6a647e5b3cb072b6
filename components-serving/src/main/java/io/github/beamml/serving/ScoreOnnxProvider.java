package io.github.beamml.serving;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.row.BatchFn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Offers {@link OnnxModelFn} in every language. */
public final class ScoreOnnxProvider extends FunctionProvider {
  private static final Parameter<String> MODEL =
      Parameter.string("model", "The ONNX file.").required();
  private static final Parameter<Map<String, String>> INPUTS =
      Parameter.stringMap(
              "inputs",
              "The columns of each input tensor, in order, with commas between: {X: \"a, b\"}.")
          .required();
  private static final Parameter<String> OUTPUT_TENSOR =
      Parameter.string("output", "The model's output that is wanted.").required();
  private static final Parameter<String> COLUMN =
      Parameter.string(
          "column", "The column that the output becomes; the output's name if left out.");

  public ScoreOnnxProvider() {
    super(
        Descriptor.of(
                "score_onnx",
                "Scores rows with a foreign ONNX model of a declared signature: adds one column.",
                MODEL,
                INPUTS,
                OUTPUT_TENSOR,
                COLUMN)
            .withErrors());
  }

  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    return List.of(OnnxModelFn.of(configuration.get(MODEL), signature(configuration)));
  }

  private static OnnxSignature signature(Configuration configuration) {
    String output = configuration.get(OUTPUT_TENSOR);
    OnnxSignature signature =
        OnnxSignature.ofOutput(output).as(configuration.find(COLUMN).orElse(output));
    for (Map.Entry<String, String> input : configuration.get(INPUTS).entrySet()) {
      signature =
          signature.withInput(
              input.getKey(),
              Arrays.stream(input.getValue().split(",")).map(String::strip).toList());
    }
    return signature;
  }
}
