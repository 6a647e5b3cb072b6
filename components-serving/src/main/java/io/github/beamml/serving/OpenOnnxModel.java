package io.github.beamml.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A foreign model that is open in this process, once for all that use it; its native session is
 * closed when nobody does any more.
 */
final class OpenOnnxModel {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<Digest, WeakReference<OpenOnnxModel>> OPEN = new HashMap<>();

  private final OrtSession session;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;

  private OpenOnnxModel(OrtSession session) throws OrtException {
    this.session = session;
    this.inputs = session.getInputInfo();
    this.outputs = session.getOutputInfo();
  }

  /**
   * @param bytes reads the model, if it is not open yet
   * @throws CannotException if it cannot be opened
   */
  static OpenOnnxModel of(String name, Digest sha256, Supplier<byte[]> bytes) {
    synchronized (OPEN) {
      WeakReference<OpenOnnxModel> known = OPEN.get(sha256);
      @Nullable OpenOnnxModel open = known == null ? null : known.get();
      if (open == null) {
        open = open(name, bytes.get());
        OPEN.put(sha256, new WeakReference<>(open));
      }
      return open;
    }
  }

  private static OpenOnnxModel open(String name, byte[] bytes) {
    // One thread a call: the runner has as many calls at work as it has workers.
    OrtSession session = OnnxRuntime.open("model " + name, bytes, 1);
    try {
      OpenOnnxModel model = new OpenOnnxModel(session);
      CLEANER.register(model, () -> close(session));
      return model;
    } catch (OrtException e) {
      close(session);
      throw CannotException.to("open model " + name, OnnxRuntime.firstLine(e), e);
    }
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw CannotException.to("close an ONNX model", OnnxRuntime.firstLine(e), e);
    }
  }

  Map<String, NodeInfo> inputs() {
    return inputs;
  }

  Map<String, NodeInfo> outputs() {
    return outputs;
  }

  NodeInfo input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  NodeInfo output(String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  /** The last number that an output has for the only row. */
  double runOne(Map<String, OnnxTensor> row, String output) throws OrtException {
    try (OrtSession.Result result = session.run(row, Set.of(output))) {
      double[] values = OnnxTensors.doubles(((OnnxTensor) result.get(0)).getValue(), 0);
      return values[values.length - 1];
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  Column run(Map<String, OnnxTensor> tensors, String output, Field field, int rows)
      throws OrtException {
    try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
      return OnnxTensors.column(field, (OnnxTensor) result.get(0), rows);
    } finally {
      // The session is closed when this is out of reach, which must not be during a call.
      Reference.reachabilityFence(this);
    }
  }
}
