package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.util.List;
import java.util.Map;

/** Predicts with trees of this library: the same bits everywhere. */
public record TreePredictor(TreeEnsemble trees) implements Predictor {
  /** The key of the manifest's content that says that a model has trees. */
  static final String DIGEST = "trees_digest";

  @Override
  public List<String> features() {
    return trees.features();
  }

  @Override
  public double[] margins(FeatureMatrix rows, int threads) {
    return trees.margins(rows, threads);
  }

  @Override
  public double probability(double margin) {
    return trees.probability(margin);
  }

  @Override
  public ObjectNode content() {
    return CanonicalJson.object().put(DIGEST, Hex.of(trees.digest()));
  }

  @Override
  public byte[] onnx(Map<String, String> metadata) {
    return OnnxWriter.write(OnnxModel.of(trees, metadata));
  }

  @Override
  public Map<String, Double> importances() {
    return trees.importances();
  }
}
