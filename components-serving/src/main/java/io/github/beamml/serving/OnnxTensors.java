package io.github.beamml.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/** Columns to tensors and back. */
final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * @throws InvalidInputException if the node is no tensor of a type that columns can fill
   */
  static OnnxJavaType inputType(NodeInfo node) {
    OnnxJavaType type = tensor("inputs." + node.getName(), node).type;
    return switch (type) {
      case FLOAT, DOUBLE, INT64, STRING -> type;
      default ->
          throw InvalidInputException.of(
              "inputs." + node.getName(), type, "a tensor of float, double, int64 or string");
    };
  }

  private static TensorInfo tensor(String key, NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo info) {
      return info;
    }
    throw InvalidInputException.of(
        key,
        "no tensor",
        "a tensor (scikit-learn's models: convert them with the option zipmap=False)");
  }

  /** Whether columns of this type can fill a tensor of that one. */
  static void checkColumn(Field field, OnnxJavaType type) {
    boolean fits =
        switch (field.type()) {
          case BOOLEAN, INT64 -> type != OnnxJavaType.STRING;
          case DOUBLE -> type == OnnxJavaType.DOUBLE || type == OnnxJavaType.FLOAT;
          case STRING -> type == OnnxJavaType.STRING;
          case BYTES, TIMESTAMP, DOUBLES -> false;
        };
    if (!fits) {
      throw InvalidInputException.of(
          "inputs." + field.name(),
          field.typeLabel(),
          "a column that a tensor of " + type + " takes");
    }
  }

  /** The field of an output: one value a row, or an array of doubles. */
  static Field outputField(String column, NodeInfo node) {
    TensorInfo info = tensor("output", node);
    long[] shape = info.getShape();
    boolean isSingle = shape.length == 1 || shape.length == 2 && shape[1] == 1;
    if (shape.length > 2 || shape.length == 0) {
      throw InvalidInputException.of(
          "output", shape.length + " dimensions", "one value or one array a row");
    }
    return switch (info.type) {
      case FLOAT, DOUBLE -> Field.required(column, isSingle ? ValueType.DOUBLE : ValueType.DOUBLES);
      case INT64 -> single(column, ValueType.INT64, isSingle);
      case STRING -> single(column, ValueType.STRING, isSingle);
      default ->
          throw InvalidInputException.of("output", info.type, "float, double, int64 or string");
    };
  }

  private static Field single(String column, ValueType type, boolean isSingle) {
    if (!isSingle) {
      throw InvalidInputException.of("output", "an array of " + type.label(), "one value a row");
    }
    return Field.required(column, type);
  }

  /** A tensor of [rows, columns]. */
  static OnnxTensor fill(RowBatch batch, List<String> names, OnnxJavaType type)
      throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    int width = names.size();
    int size = Math.multiplyExact(batch.size(), width);
    long[] shape = {batch.size(), width};
    if (type == OnnxJavaType.STRING) {
      String[] texts = new String[size];
      for (int at = 0; at < width; at++) {
        StringColumn column = (StringColumn) batch.column(names.get(at));
        for (int row = 0; row < batch.size(); row++) {
          texts[row * width + at] = column.get(row);
        }
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    if (type == OnnxJavaType.INT64) {
      long[] values = new long[size];
      for (int at = 0; at < width; at++) {
        LongColumn column = (LongColumn) batch.column(names.get(at));
        for (int row = 0; row < batch.size(); row++) {
          values[row * width + at] = column.get(row);
        }
      }
      return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }
    double[] values = new double[size];
    for (int at = 0; at < width; at++) {
      Column column = batch.column(names.get(at));
      for (int row = 0; row < batch.size(); row++) {
        values[row * width + at] = real(column, row);
      }
    }
    return real(values, shape, type);
  }

  /** A tensor of [1, features]. */
  static OnnxTensor row(double[] values, OnnxJavaType type) throws OrtException {
    return real(values, new long[] {1, values.length}, type);
  }

  private static OnnxTensor real(double[] values, long[] shape, OnnxJavaType type)
      throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    if (type == OnnxJavaType.DOUBLE) {
      return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
  }

  /** NaN stands for what is missing. */
  private static double real(Column column, int row) {
    if (column.isNull(row)) {
      return Double.NaN;
    }
    return column instanceof LongColumn longs ? longs.get(row) : ((DoubleColumn) column).get(row);
  }

  /** The values of an output as a column. */
  static Column column(Field field, OnnxTensor tensor, int rows) throws OrtException {
    RowSchema schema = RowSchema.of(field);
    RowBatchBuilder builder = RowBatch.builder(schema);
    Object values = tensor.getValue();
    for (int row = 0; row < rows; row++) {
      switch (field.type()) {
        case DOUBLE -> builder.setDouble(0, doubles(values, row)[0]);
        case DOUBLES -> builder.setDoubles(0, doubles(values, row));
        case INT64 ->
            builder.setLong(
                0, values instanceof long[][] wide ? wide[row][0] : ((long[]) values)[row]);
        default ->
            builder.setString(
                0, values instanceof String[][] wide ? wide[row][0] : ((String[]) values)[row]);
      }
      builder.endRow();
    }
    return builder.build().column(0);
  }

  /** The numbers of one row. */
  static double[] doubles(Object values, int row) {
    if (values instanceof double[][] wide) {
      return wide[row];
    }
    if (values instanceof double[] one) {
      return new double[] {one[row]};
    }
    float[] floats =
        values instanceof float[][] wide ? wide[row] : new float[] {((float[]) values)[row]};
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
