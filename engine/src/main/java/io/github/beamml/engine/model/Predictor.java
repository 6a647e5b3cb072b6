package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.tree.FeatureMatrix;
import java.util.List;
import java.util.Map;

/**
 * What a model computes its scores with, from the numbers of prepared rows. Immutable, for many
 * threads; a function of each row alone, whatever rows stand beside it.
 */
public interface Predictor {
  /** The names of the numbers that it reads, in order. */
  List<String> features();

  /**
   * The margin of each row; the order of margins is the order of probabilities.
   *
   * @param threads how many may work at a time; changes nothing but the speed
   */
  double[] margins(FeatureMatrix rows, int threads);

  /** The probability of the label being true at a margin, from 0 to 1. */
  double probability(double margin);

  /** What it is, for the content of the model's manifest: enough to read it again, and digests. */
  ObjectNode content();

  /**
   * Its ONNX file.
   *
   * @param metadata to write into it, where it is written here
   */
  byte[] onnx(Map<String, String> metadata);

  /** How much each feature contributes, where the predictor knows it; in the order of features. */
  default Map<String, Double> importances() {
    return Map.of();
  }
}
