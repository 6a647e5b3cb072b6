package io.github.beamml.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows with a foreign ONNX model, on ONNX Runtime. Adds one column: a single number, integer
 * or text a row, or an array of doubles where the output is wider than one.
 *
 * <p>A null is NaN for inputs of float and double; a row with a null for an input of int64 or
 * string cannot be computed. How far a foreign model gives the same bits for another batch or on
 * another machine is its own affair.
 */
public final class OnnxModelFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final Digest sha256;
  private final OnnxSignature signature;
  private transient @Nullable OpenOnnxModel open;

  private OnnxModelFn(String file, Digest sha256, OnnxSignature signature) {
    this.file = file;
    this.sha256 = sha256;
    this.signature = signature;
  }

  /**
   * Opens the model and compares it with the signature.
   *
   * @param file of any file system that Beam knows
   * @throws CannotException if there is no such file or ONNX Runtime cannot run it
   * @throws InvalidInputException if the model has another signature
   */
  public static OnnxModelFn of(String file, OnnxSignature signature) {
    OnnxModelFn function = new OnnxModelFn(file, Digest.of(read(file)), signature);
    function.check();
    return function;
  }

  private static byte[] read(String file) {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw CannotException.to("open model " + file, "there is no such file", e);
    }
  }

  private void check() {
    OpenOnnxModel model = model();
    checkNames("inputs", model.inputs(), signature.inputs().keySet());
    checkNames("output", model.outputs(), List.of(signature.output()));
    for (String missing : model.inputs().keySet()) {
      if (!signature.inputs().containsKey(missing)) {
        throw InvalidInputException.because(
            "inputs", "the model's input " + missing + " has no columns");
      }
    }
    model.inputs().values().forEach(OnnxTensors::inputType);
    outputField(model);
  }

  private void checkNames(String key, Map<String, NodeInfo> known, Iterable<String> wanted) {
    for (String name : wanted) {
      if (!known.containsKey(name)) {
        throw InvalidInputException.unknown(
            key, name, "one of the model's " + key, new TreeSet<>(known.keySet()));
      }
    }
  }

  private Field outputField(OpenOnnxModel model) {
    return OnnxTensors.outputField(signature.column(), model.output(signature.output()));
  }

  @Override
  public String name() {
    return "score_onnx";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    OpenOnnxModel model = model();
    signature
        .inputs()
        .forEach(
            (tensor, columns) -> {
              OnnxJavaType type = OnnxTensors.inputType(model.input(tensor));
              for (String column : columns) {
                OnnxTensors.checkColumn(
                    input.field(input.names().get(input.position(column, "inputs." + tensor))),
                    type);
              }
            });
    return input.with(outputField(model));
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    OpenOnnxModel model = model();
    OnnxRuntime.checkDenormals();
    RowBatch whole = withoutNulls(batch, model, errors);
    Field field = outputField(model);
    if (whole.size() == 0) {
      return whole.with(field, RowBatch.empty(RowSchema.of(field)).column(0));
    }
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, List<String>> input : signature.inputs().entrySet()) {
        OnnxJavaType type = OnnxTensors.inputType(model.input(input.getKey()));
        tensors.put(input.getKey(), OnnxTensors.fill(whole, input.getValue(), type));
      }
      Column column = model.run(tensors, signature.output(), field, whole.size());
      return whole.with(field, column);
    } catch (OrtException e) {
      throw CannotException.to("score with " + file, OnnxRuntime.firstLine(e), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** The rows without a null that their tensor has no value for. */
  private RowBatch withoutNulls(RowBatch batch, OpenOnnxModel model, RowErrors errors) {
    int[] kept = new int[batch.size()];
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      String nullColumn = nullColumn(batch, row, model);
      if (nullColumn == null) {
        kept[count++] = row;
      } else {
        errors.reject(batch, row, nullColumn + " is null");
      }
    }
    return count == batch.size() ? batch : batch.take(Arrays.copyOf(kept, count));
  }

  private @Nullable String nullColumn(RowBatch batch, int row, OpenOnnxModel model) {
    for (Map.Entry<String, List<String>> input : signature.inputs().entrySet()) {
      OnnxJavaType type = OnnxTensors.inputType(model.input(input.getKey()));
      if (type == OnnxJavaType.INT64 || type == OnnxJavaType.STRING) {
        for (String column : input.getValue()) {
          if (batch.column(column).isNull(row)) {
            return column;
          }
        }
      }
    }
    return null;
  }

  private OpenOnnxModel model() {
    OpenOnnxModel model = open;
    if (model == null) {
      model = OpenOnnxModel.of(file, sha256, this::readAgain);
      open = model;
    }
    return model;
  }

  private byte[] readAgain() {
    byte[] bytes = read(file);
    if (!Digest.of(bytes).equals(sha256)) {
      throw CannotException.to(
          "open model " + file, "it is another one than when the pipeline was built");
    }
    return bytes;
  }
}
