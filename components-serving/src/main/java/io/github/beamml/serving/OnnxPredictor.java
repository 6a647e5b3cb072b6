package io.github.beamml.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Predictor;
import io.github.beamml.engine.model.PredictorReader;
import io.github.beamml.engine.tree.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Predicts with a foreign ONNX model on ONNX Runtime: one input tensor [rows, features] of float or
 * double, one output tensor of probabilities, [rows], [rows, 1] or [rows, 2] with the label being
 * true in the last column. What is missing is NaN.
 *
 * <p>ONNX Runtime may give other bits for a row in another batch. So each row is a call of its own,
 * on one thread: in a batch, in a stream and alone the bits are the same. On another processor or
 * another version of ONNX Runtime they need not be.
 */
public final class OnnxPredictor implements Predictor {
  /** The key of the manifest's content. */
  static final String KEY = "onnx";

  private static final int MOST_OUTPUT_COLUMNS = 2;

  private final String name;
  private final byte[] onnx;
  private final List<String> features;
  private final String input;
  private final OnnxJavaType inputType;
  private final String output;
  private final OpenOnnxModel model;

  private OnnxPredictor(
      String name, byte[] onnx, List<String> features, String input, String output) {
    this.name = name;
    this.onnx = onnx;
    this.features = List.copyOf(features);
    this.input = input;
    this.output = output;
    this.model = OpenOnnxModel.of(name, Digest.of(onnx), () -> onnx);
    this.inputType = checkInput();
    checkOutput();
  }

  /**
   * Opens a model.
   *
   * @param name for messages
   * @param output the tensor with the probabilities; if none is named, the only one of float or
   *     double
   * @throws CannotException if ONNX Runtime cannot run it
   * @throws InvalidInputException if its input or output is not as said above
   */
  public static OnnxPredictor of(
      String name, byte[] onnx, List<String> features, Optional<String> output) {
    OpenOnnxModel model = OpenOnnxModel.of(name, Digest.of(onnx), () -> onnx);
    if (model.inputs().size() != 1) {
      throw InvalidInputException.of(
          name, "inputs " + model.inputs().keySet(), "of one input, [rows, features]");
    }
    String input = model.inputs().keySet().iterator().next();
    String chosen = output.orElseGet(() -> onlyReal(name, model.outputs()));
    if (!model.outputs().containsKey(chosen)) {
      throw InvalidInputException.unknown(
          name + ": output", chosen, "one of the model's outputs", model.outputs().keySet());
    }
    return new OnnxPredictor(name, onnx, features, input, chosen);
  }

  private static String onlyReal(String name, Map<String, NodeInfo> outputs) {
    List<String> real = new ArrayList<>();
    outputs.forEach(
        (output, node) -> {
          if (node.getInfo() instanceof TensorInfo info && isReal(info.type)) {
            real.add(output);
          }
        });
    if (real.size() != 1) {
      throw InvalidInputException.of(
          name,
          "outputs " + outputs.keySet(),
          "of one tensor of float or double, or one that is named as the output (scikit-learn's"
              + " models: convert them with the option zipmap=False)");
    }
    return real.get(0);
  }

  private static boolean isReal(OnnxJavaType type) {
    return type == OnnxJavaType.FLOAT || type == OnnxJavaType.DOUBLE;
  }

  private OnnxJavaType checkInput() {
    TensorInfo info = (TensorInfo) model.input(input).getInfo();
    long[] shape = info.getShape();
    boolean wide = shape.length == 2 && (shape[1] < 0 || shape[1] == features.size());
    if (!wide || shape[0] > 1 || !isReal(info.type)) {
      throw InvalidInputException.of(
          name,
          "input " + input + " " + info,
          "float or double of [rows, " + features.size() + "], as there are so many features");
    }
    return info.type;
  }

  private void checkOutput() {
    boolean fits = false;
    if (model.output(output).getInfo() instanceof TensorInfo info) {
      long[] shape = info.getShape();
      fits =
          isReal(info.type)
              && (shape.length == 1 || shape.length == 2 && shape[1] <= MOST_OUTPUT_COLUMNS);
    }
    if (!fits) {
      throw InvalidInputException.of(
          name,
          "output " + output + " " + model.output(output).getInfo(),
          "probabilities, float or double of [rows], [rows, 1] or [rows, 2]");
    }
  }

  @Override
  public List<String> features() {
    return features;
  }

  @Override
  public double[] margins(FeatureMatrix rows, int threads) {
    double[] margins = new double[rows.rows()];
    IntStream all = IntStream.range(0, margins.length);
    (threads > 1 ? all.parallel() : all).forEach(row -> margins[row] = margin(rows.row(row)));
    return margins;
  }

  private double margin(double[] row) {
    OnnxRuntime.checkDenormals();
    try (OnnxTensor tensor = OnnxTensors.row(row, inputType)) {
      double probability = model.runOne(Map.of(input, tensor), output);
      if (!(probability >= 0 && probability <= 1)) {
        throw CannotException.to(
            "score with " + name,
            "its output "
                + output
                + " gave "
                + CanonicalJson.float64(probability)
                + ", which is no probability");
      }
      return probability;
    } catch (OrtException e) {
      throw CannotException.to("score with " + name, OnnxRuntime.firstLine(e), e);
    }
  }

  /** The margin is the probability. */
  @Override
  public double probability(double margin) {
    return margin;
  }

  @Override
  public ObjectNode content() {
    ObjectNode content = CanonicalJson.object();
    content
        .putObject(KEY)
        .put("digest", Digest.of(onnx).text())
        .put("input", input)
        .put("output", output);
    return content;
  }

  /** The file as it came: the metadata is not written into it. */
  @Override
  public byte[] onnx(Map<String, String> metadata) {
    return onnx.clone();
  }

  /** Reads such models again. */
  public static final class Reader implements PredictorReader {
    @Override
    public String key() {
      return KEY;
    }

    @Override
    public Predictor read(String name, JsonNode content, byte[] onnx, List<String> features) {
      String output = content.path(KEY).path("output").asText();
      return OnnxPredictor.of(name, onnx, features, Optional.of(output));
    }
  }
}
