package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model with all that it needs: its preparation of raw rows, its trees, its decision
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
    TreeEnsemble trees) {
  /** The ONNX file of the trees. */
  public static final String ONNX_FILE = "model.onnx";

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
            .put("features_digest", preparation.digest().text())
            .put("trees_digest", Hex.of(trees.digest()));
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
        OnnxWriter.write(
            OnnxModel.of(
                trees, Map.of("features_digest", preparation.digest().text(), "label", label))));
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
    TreeEnsemble trees = OnnxReader.read(files.read(ONNX_FILE)).trees();
    Model model =
        new Model(
            content.path("label").asText(),
            content.path("trainer").asText(),
            (ObjectNode) content.path("parameters"),
            new Threshold(
                CanonicalJson.parseFloat64(content.path("threshold").path("value").asText()),
                content.path("threshold").path("rule").asText()),
            preparation,
            trees);
    if (!CanonicalJson.text(model.content()).equals(CanonicalJson.text(content))) {
      throw CannotException.to(
          "open " + files.manifest().label(), "its files are not those of its manifest");
    }
    return model;
  }

  /** The numbers of prepared rows, as the trees read them. */
  public FeatureMatrix matrix(RowBatch prepared) {
    double[][] columns = new double[trees.features().size()][prepared.size()];
    preparation.features().fillMatrix(prepared, columns, 0);
    return FeatureMatrix.of(trees.features(), columns);
  }
}
