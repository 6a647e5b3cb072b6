package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes trees as an ONNX model that any runtime of ai.onnx.ml 5 scores: input {@code features},
 * double [rows, features], NaN where missing; outputs {@code margin} and {@code probability},
 * double [rows, 1]. The bytes are a function of the model alone.
 *
 * <p>The sum of leaves is exact, as leaves lie on a grid; the base score is added, or the number of
 * trees divided by, in a node of its own: so ONNX Runtime's margin is bit-equal to {@link
 * TreeEnsemble#margin}. Its Sigmoid, for boosting, is not promised to be so in the last bits. Only
 * what ONNX Runtime computes rightly is used: BRANCH_LEQ, no leaf shared, no post-transform.
 */
public final class OnnxWriter {
  private static final String SUM = "sum_of_leaves";
  private static final String CONSTANT = "constant";
  private static final int SUM_OF_TARGETS = 1;
  private static final int ROWS = -1;

  private OnnxWriter() {}

  /**
   * The bytes of the model.
   *
   * @throws InvalidInputException if a key of the metadata is reserved
   */
  public static byte[] write(OnnxModel model) {
    ProtoMessage message =
        new ProtoMessage()
            .int64(OnnxFields.MODEL_IR_VERSION, OnnxFields.IR_VERSION)
            .string(OnnxFields.MODEL_PRODUCER, OnnxFields.PRODUCER)
            .message(OnnxFields.MODEL_GRAPH, graph(model.trees()))
            .message(OnnxFields.MODEL_OPERATOR_SET, operatorSet("", OnnxFields.OPERATOR_SET))
            .message(
                OnnxFields.MODEL_OPERATOR_SET,
                operatorSet(OnnxFields.TREE_DOMAIN, OnnxFields.TREE_OPERATOR_SET));
    for (Map.Entry<String, String> entry : metadata(model).entrySet()) {
      message.message(
          OnnxFields.MODEL_METADATA,
          new ProtoMessage()
              .string(OnnxFields.ENTRY_KEY, entry.getKey())
              .string(OnnxFields.ENTRY_VALUE, entry.getValue()));
    }
    return message.toBytes();
  }

  private static SortedMap<String, String> metadata(OnnxModel model) {
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    for (String key : metadata.keySet()) {
      if (key.startsWith(OnnxFields.RESERVED)) {
        throw InvalidInputException.of(
            "metadata", key, "without keys that begin with " + OnnxFields.RESERVED);
      }
    }
    ArrayNode features = CanonicalJson.array();
    model.trees().features().forEach(features::add);
    ArrayNode gains = CanonicalJson.array();
    for (double gain : model.trees().gains()) {
      gains.add(CanonicalJson.float64(gain));
    }
    metadata.put(OnnxFields.FORMAT_KEY, OnnxFields.FORMAT);
    metadata.put(OnnxFields.KIND_KEY, model.trees().kind().name().toLowerCase(Locale.ROOT));
    metadata.put(OnnxFields.FEATURES_KEY, CanonicalJson.text(features));
    metadata.put(OnnxFields.GAINS_KEY, CanonicalJson.text(gains));
    return metadata;
  }

  private static ProtoMessage operatorSet(String domain, long version) {
    return new ProtoMessage()
        .string(OnnxFields.OPERATOR_SET_DOMAIN, domain)
        .int64(OnnxFields.OPERATOR_SET_VERSION, version);
  }

  private static ProtoMessage graph(TreeEnsemble ensemble) {
    boolean isForest = ensemble.kind() == TreeEnsemble.Kind.FOREST;
    double constant = isForest ? ensemble.trees() : ensemble.base();
    return new ProtoMessage()
        .message(OnnxFields.GRAPH_NODE, treeNode(ensemble))
        .message(
            OnnxFields.GRAPH_NODE, node(isForest ? "Div" : "Add", OnnxFields.MARGIN, SUM, CONSTANT))
        .message(
            OnnxFields.GRAPH_NODE,
            node(isForest ? "Identity" : "Sigmoid", OnnxFields.PROBABILITY, OnnxFields.MARGIN))
        .string(OnnxFields.GRAPH_NAME, "trees")
        .message(OnnxFields.GRAPH_CONSTANT, doubles(CONSTANT, constant))
        .message(OnnxFields.GRAPH_INPUT, value(OnnxFields.INPUT, ROWS, ensemble.features().size()))
        .message(OnnxFields.GRAPH_OUTPUT, value(OnnxFields.MARGIN, ROWS, 1))
        .message(OnnxFields.GRAPH_OUTPUT, value(OnnxFields.PROBABILITY, ROWS, 1));
  }

  private static ProtoMessage node(String operator, String output, String... inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.string(OnnxFields.NODE_INPUT, input);
    }
    return node.string(OnnxFields.NODE_OUTPUT, output)
        .string(OnnxFields.NODE_NAME, output)
        .string(OnnxFields.NODE_OPERATOR, operator);
  }

  private static ProtoMessage treeNode(TreeEnsemble ensemble) {
    OnnxTrees trees = OnnxTrees.of(ensemble);
    ProtoMessage modes =
        new ProtoMessage()
            .int64(OnnxFields.TENSOR_DIMENSION, trees.features.length)
            .int64(OnnxFields.TENSOR_TYPE, OnnxFields.UINT8)
            .bytes(OnnxFields.TENSOR_BYTES, new byte[trees.features.length]);
    ProtoMessage node = node("TreeEnsemble", SUM, OnnxFields.INPUT);
    add(node, "aggregate_function", SUM_OF_TARGETS);
    add(node, "leaf_targetids", new int[trees.leaves.length]);
    add(node, "leaf_weights", doubles("", trees.leaves));
    add(node, "n_targets", 1);
    add(node, "nodes_falseleafs", trees.rightIsLeaf);
    add(node, "nodes_falsenodeids", trees.right);
    add(node, "nodes_featureids", trees.features);
    add(node, "nodes_missing_value_tracks_true", trees.missingLeft);
    add(node, "nodes_modes", modes);
    add(node, "nodes_splits", doubles("", trees.thresholds));
    add(node, "nodes_trueleafs", trees.leftIsLeaf);
    add(node, "nodes_truenodeids", trees.left);
    add(node, "post_transform", 0);
    add(node, "tree_roots", trees.roots);
    return node.string(OnnxFields.NODE_DOMAIN, OnnxFields.TREE_DOMAIN);
  }

  private static void add(ProtoMessage node, String name, int value) {
    node.message(
        OnnxFields.NODE_ATTRIBUTE,
        new ProtoMessage()
            .string(OnnxFields.ATTRIBUTE_NAME, name)
            .int64(OnnxFields.ATTRIBUTE_INT, value)
            .int64(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.TYPE_INT));
  }

  private static void add(ProtoMessage node, String name, int[] values) {
    node.message(
        OnnxFields.NODE_ATTRIBUTE,
        new ProtoMessage()
            .string(OnnxFields.ATTRIBUTE_NAME, name)
            .int64s(OnnxFields.ATTRIBUTE_INTS, values)
            .int64(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.TYPE_INTS));
  }

  private static void add(ProtoMessage node, String name, ProtoMessage tensor) {
    node.message(
        OnnxFields.NODE_ATTRIBUTE,
        new ProtoMessage()
            .string(OnnxFields.ATTRIBUTE_NAME, name)
            .message(OnnxFields.ATTRIBUTE_TENSOR, tensor)
            .int64(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.TYPE_TENSOR));
  }

  private static ProtoMessage doubles(String name, double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    ProtoMessage tensor =
        new ProtoMessage()
            .int64(OnnxFields.TENSOR_DIMENSION, values.length)
            .int64(OnnxFields.TENSOR_TYPE, OnnxFields.DOUBLE);
    if (!name.isEmpty()) {
      tensor.string(OnnxFields.TENSOR_NAME, name);
    }
    return tensor.bytes(OnnxFields.TENSOR_BYTES, bytes.array());
  }

  private static ProtoMessage value(String name, int... dimensions) {
    ProtoMessage shape = new ProtoMessage();
    for (int dimension : dimensions) {
      shape.message(
          OnnxFields.SHAPE_DIMENSION,
          dimension == ROWS
              ? new ProtoMessage().string(OnnxFields.DIMENSION_NAME, "rows")
              : new ProtoMessage().int64(OnnxFields.DIMENSION_VALUE, dimension));
    }
    ProtoMessage tensor =
        new ProtoMessage()
            .int64(OnnxFields.TENSOR_TYPE_ELEMENT, OnnxFields.DOUBLE)
            .message(OnnxFields.TENSOR_TYPE_SHAPE, shape);
    return new ProtoMessage()
        .string(OnnxFields.VALUE_NAME, name)
        .message(
            OnnxFields.VALUE_TYPE, new ProtoMessage().message(OnnxFields.TYPE_OF_TENSOR, tensor));
  }
}
