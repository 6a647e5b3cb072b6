package io.github.beamml.engine.model;

/**
 * Field numbers and codes of ONNX as far as models here need them: onnx.proto of ONNX 1.17, and
 * TreeEnsemble of operator set ai.onnx.ml 5.
 */
final class OnnxFields {
  static final int MODEL_IR_VERSION = 1;
  static final int MODEL_PRODUCER = 2;
  static final int MODEL_GRAPH = 7;
  static final int MODEL_OPERATOR_SET = 8;
  static final int MODEL_METADATA = 14;

  static final int OPERATOR_SET_DOMAIN = 1;
  static final int OPERATOR_SET_VERSION = 2;

  static final int ENTRY_KEY = 1;
  static final int ENTRY_VALUE = 2;

  static final int GRAPH_NODE = 1;
  static final int GRAPH_NAME = 2;
  static final int GRAPH_CONSTANT = 5;
  static final int GRAPH_INPUT = 11;
  static final int GRAPH_OUTPUT = 12;

  static final int NODE_INPUT = 1;
  static final int NODE_OUTPUT = 2;
  static final int NODE_NAME = 3;
  static final int NODE_OPERATOR = 4;
  static final int NODE_ATTRIBUTE = 5;
  static final int NODE_DOMAIN = 7;

  static final int ATTRIBUTE_NAME = 1;
  static final int ATTRIBUTE_INT = 3;
  static final int ATTRIBUTE_TENSOR = 5;
  static final int ATTRIBUTE_INTS = 8;
  static final int ATTRIBUTE_TYPE = 20;
  static final int TYPE_INT = 2;
  static final int TYPE_TENSOR = 4;
  static final int TYPE_INTS = 7;

  static final int TENSOR_DIMENSION = 1;
  static final int TENSOR_TYPE = 2;
  static final int TENSOR_NAME = 8;
  static final int TENSOR_BYTES = 9;
  static final int UINT8 = 2;
  static final int DOUBLE = 11;

  static final int VALUE_NAME = 1;
  static final int VALUE_TYPE = 2;
  static final int TYPE_OF_TENSOR = 1;
  static final int TENSOR_TYPE_ELEMENT = 1;
  static final int TENSOR_TYPE_SHAPE = 2;
  static final int SHAPE_DIMENSION = 1;
  static final int DIMENSION_VALUE = 1;
  static final int DIMENSION_NAME = 2;

  static final long IR_VERSION = 10;
  static final long OPERATOR_SET = 21;
  static final long TREE_OPERATOR_SET = 5;
  static final String TREE_DOMAIN = "ai.onnx.ml";
  static final String PRODUCER = "beamml";

  static final String INPUT = "features";
  static final String MARGIN = "margin";
  static final String PROBABILITY = "probability";

  /** Metadata of the format's own, reserved. */
  static final String RESERVED = "beamml.trees.";

  static final String FORMAT_KEY = RESERVED + "format";
  static final String FORMAT = "1";
  static final String KIND_KEY = RESERVED + "kind";
  static final String FEATURES_KEY = RESERVED + "features";
  static final String GAINS_KEY = RESERVED + "gains";

  private OnnxFields() {}
}
