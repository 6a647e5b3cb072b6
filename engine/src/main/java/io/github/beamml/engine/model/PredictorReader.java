package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.CannotException;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Reads predictors that are not this module's own, such as foreign ONNX models, which need ONNX
 * Runtime. Found by {@link ServiceLoader}.
 */
public interface PredictorReader {
  /** The key that the content of such a model's manifest has, and no other's. */
  String key();

  /**
   * @param name of the model, for messages
   * @param content what {@link Predictor#content} gave, among other keys
   * @param onnx the model's file, its digest checked
   * @param features the names of the numbers, in order
   * @throws CannotException if it cannot be read
   */
  Predictor read(String name, JsonNode content, byte[] onnx, List<String> features);

  /** The predictor of a model, of this module or of another on the class path. */
  static Predictor readAny(String name, JsonNode content, byte[] onnx, List<String> features) {
    if (content.has(TreePredictor.DIGEST)) {
      return new TreePredictor(OnnxReader.read(onnx).trees());
    }
    for (PredictorReader reader : ServiceLoader.load(PredictorReader.class)) {
      if (content.has(reader.key())) {
        return reader.read(name, content, onnx, features);
      }
    }
    throw CannotException.to(
        "open " + name,
        "its trees are not of this library, and nothing on the class path reads it (add"
            + " beamml-components-serving, which brings ONNX Runtime)");
  }
}
