package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.FeatureMatrix;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model with all that it needs: its preparation of raw rows, its predictor, its decision
 * threshold and how it was trained. Immutable.
 *
 * @param label the column that it predicts
 * @param trainer the trainer's name
 * @param parameters the trainer's parameters, defaults too
 * @param threshold from which probability on a row is flagged
 */
public record Model(
    String label,
    String trainer,
    ObjectNode parameters,
    Threshold threshold,
    Preparation preparation,
    Predictor predictor) {
  /** The ONNX file of the predictor. */
  public static final String ONNX_FILE = "model.onnx";

  /** The key, in manifests, of the digest of a preparation. */
  public static final String FEATURES_DIGEST = "features_digest";

  /** What a score adds to a row: the margin, the probability, and whether it is flagged. */
  public static final RowSchema OUTPUT =
      RowSchema.of(
          Field.required("margin", ValueType.DOUBLE),
          Field.required("probability", ValueType.DOUBLE),
          Field.required("flagged", ValueType.BOOLEAN));

  /** The content of a model's manifest. */
  public ObjectNode content() {
    ObjectNode content =
        CanonicalJson.object()
            .put("label", label)
            .put("trainer", trainer)
            .put(FEATURES_DIGEST, preparation.digest().text());
    content.setAll(predictor.content());
    content.set("parameters", parameters.deepCopy());
    content
        .putObject("threshold")
        .put("value", CanonicalJson.float64(threshold.value()))
        .put("rule", threshold.rule());
    ObjectNode signature = content.putObject("signature");
    signature.set("input", preparation.inputSchema().toJson());
    signature.set("output", OUTPUT.toJson());
    return content;
  }

  /** The files of a model artifact by name. */
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>(preparation.files());
    files.put(
        ONNX_FILE,
        predictor.onnx(Map.of(FEATURES_DIGEST, preparation.digest().text(), "label", label)));
    return files;
  }

  /**
   * Opens a model artifact.
   *
   * @throws CannotException if it is no model, a file does not match its digest, or its parts do
   *     not belong together
   */
  public static Model read(ArtifactFiles files) {
    if (files.manifest().kind() != ArtifactKind.MODEL) {
      throw CannotException.to("open " + files.manifest().label(), "it is not a model");
    }
    JsonNode content = files.manifest().content();
    Preparation preparation = Preparation.read(files);
    Predictor predictor =
        PredictorReader.readAny(
            files.manifest().label(),
            content,
            files.read(ONNX_FILE),
            preparation.features().slots());
    Model model =
        new Model(
            content.path("label").asText(),
            content.path("trainer").asText(),
            (ObjectNode) content.path("parameters"),
            new Threshold(
                CanonicalJson.parseFloat64(content.path("threshold").path("value").asText()),
                content.path("threshold").path("rule").asText()),
            preparation,
            predictor);
    if (!CanonicalJson.text(model.content()).equals(CanonicalJson.text(content))) {
      throw CannotException.to(
          "open " + files.manifest().label(), "its files are not those of its manifest");
    }
    return model;
  }

  /** The numbers of prepared rows, as the predictor reads them. */
  public FeatureMatrix matrix(RowBatch prepared) {
    return preparation.matrix(prepared);
  }
}
