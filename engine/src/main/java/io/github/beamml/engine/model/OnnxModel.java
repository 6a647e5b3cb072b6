package io.github.beamml.engine.model;

import io.github.beamml.engine.tree.TreeEnsemble;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an ONNX file of ours holds: the trees, and metadata of whoever wrote it, such as a signature
 * or the digest of the features.
 *
 * @param metadata any text by key, unmodifiable; keys that begin with {@code beamml.trees.} are the
 *     format's own and not in it
 */
public record OnnxModel(TreeEnsemble trees, SortedMap<String, String> metadata) {
  public OnnxModel {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  public static OnnxModel of(TreeEnsemble trees) {
    return new OnnxModel(trees, new TreeMap<>());
  }

  public static OnnxModel of(TreeEnsemble trees, Map<String, String> metadata) {
    return new OnnxModel(trees, new TreeMap<>(metadata));
  }
}
