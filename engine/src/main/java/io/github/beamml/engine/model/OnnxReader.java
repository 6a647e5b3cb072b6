package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads back what {@link OnnxWriter} wrote, exactly, and nothing else: a model is taken only if
 * writing it again gives the very same bytes, so whatever this reader does not look at cannot
 * differ.
 */
public final class OnnxReader {
  private OnnxReader() {}

  /**
   * @throws CannotException if the bytes are not those of a model of ours
   */
  public static OnnxModel read(byte[] bytes) {
    OnnxModel model = parse(bytes);
    if (!Arrays.equals(OnnxWriter.write(model), bytes)) {
      throw cannot("it holds something that models of beamml do not");
    }
    return model;
  }

  private static OnnxModel parse(byte[] bytes) {
    try {
      ProtoFields message = ProtoFields.parse(bytes);
      SortedMap<String, String> metadata = metadata(message);
      if (!OnnxFields.FORMAT.equals(metadata.get(OnnxFields.FORMAT_KEY))) {
        throw cannot("its metadata has no " + OnnxFields.FORMAT_KEY + " = " + OnnxFields.FORMAT);
      }
      TreeEnsemble trees = trees(message.message(OnnxFields.MODEL_GRAPH), metadata);
      metadata.keySet().removeIf(key -> key.startsWith(OnnxFields.RESERVED));
      return new OnnxModel(trees, metadata);
    } catch (IOException | InvalidInputException | IllegalArgumentException e) {
      throw CannotException.to("read ONNX model", "it is damaged (" + e.getMessage() + ")", e);
    } catch (IndexOutOfBoundsException e) {
      throw CannotException.to("read ONNX model", "it is damaged (a number out of range)", e);
    }
  }

  private static CannotException cannot(String reason) {
    return CannotException.to("read ONNX model", reason);
  }

  private static SortedMap<String, String> metadata(ProtoFields message) throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>();
    for (byte[] entry : message.allBytes(OnnxFields.MODEL_METADATA)) {
      ProtoFields fields = ProtoFields.parse(entry);
      metadata.put(fields.string(OnnxFields.ENTRY_KEY), fields.string(OnnxFields.ENTRY_VALUE));
    }
    return metadata;
  }

  private static TreeEnsemble trees(ProtoFields graph, Map<String, String> metadata)
      throws IOException {
    String kind = metadata.getOrDefault(OnnxFields.KIND_KEY, "");
    boolean isForest = kind.equals("forest");
    if (!isForest && !kind.equals("boosting")) {
      throw new IOException("unknown kind " + kind);
    }
    List<String> features = strings(metadata.getOrDefault(OnnxFields.FEATURES_KEY, "[]"));
    double[] gains =
        strings(metadata.getOrDefault(OnnxFields.GAINS_KEY, "[]")).stream()
            .mapToDouble(CanonicalJson::parseFloat64)
            .toArray();
    double[] constant = doubles(graph.message(OnnxFields.GRAPH_CONSTANT));
    TreeEnsembleBuilder builder =
        new TreeEnsembleBuilder(
            isForest ? TreeEnsemble.Kind.FOREST : TreeEnsemble.Kind.BOOSTING,
            features,
            isForest ? 0 : constant[0],
            gains);
    onnxTrees(attributes(graph.message(OnnxFields.GRAPH_NODE))).addTo(builder);
    return builder.build();
  }

  private static List<String> strings(String json) {
    List<String> strings = new ArrayList<>();
    for (JsonNode node : CanonicalJson.parse("ONNX model", json)) {
      strings.add(node.asText());
    }
    return strings;
  }

  private static Map<String, ProtoFields> attributes(ProtoFields node) throws IOException {
    Map<String, ProtoFields> attributes = new TreeMap<>();
    for (byte[] bytes : node.allBytes(OnnxFields.NODE_ATTRIBUTE)) {
      ProtoFields attribute = ProtoFields.parse(bytes);
      attributes.put(attribute.string(OnnxFields.ATTRIBUTE_NAME), attribute);
    }
    return attributes;
  }

  private static double[] doubles(ProtoFields tensor) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(tensor.bytes(OnnxFields.TENSOR_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private static OnnxTrees onnxTrees(Map<String, ProtoFields> attributes) throws IOException {
    return new OnnxTrees(
        ints(attributes, "tree_roots"),
        ints(attributes, "nodes_featureids"),
        doubles(attribute(attributes, "nodes_splits").message(OnnxFields.ATTRIBUTE_TENSOR)),
        ints(attributes, "nodes_missing_value_tracks_true"),
        ints(attributes, "nodes_truenodeids"),
        ints(attributes, "nodes_trueleafs"),
        ints(attributes, "nodes_falsenodeids"),
        ints(attributes, "nodes_falseleafs"),
        doubles(attribute(attributes, "leaf_weights").message(OnnxFields.ATTRIBUTE_TENSOR)));
  }

  private static int[] ints(Map<String, ProtoFields> attributes, String name) throws IOException {
    return attribute(attributes, name).ints(OnnxFields.ATTRIBUTE_INTS);
  }

  private static ProtoFields attribute(Map<String, ProtoFields> attributes, String name)
      throws IOException {
    ProtoFields attribute = attributes.get(name);
    if (attribute == null) {
      throw new IOException("attribute " + name + " is missing");
    }
    return attribute;
  }
}
