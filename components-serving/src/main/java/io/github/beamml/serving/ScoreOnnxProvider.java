package io.github.beamml.serving;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Offers {@link OnnxModelFn} in every language. */
public final class ScoreOnnxProvider extends ComponentProvider {
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
            .withErrors(),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    Score score = Score.with(OnnxModelFn.of(configuration.get(MODEL), signature(configuration)));
    PCollectionTuple scored =
        onlyInput(input)
            .apply(
                "Score",
                configuration.errorOutput().isPresent() ? score.keepingDeadLetters() : score);
    return outputs(configuration, scored.get(Score.ROWS), scored.get(Score.ERRORS));
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
