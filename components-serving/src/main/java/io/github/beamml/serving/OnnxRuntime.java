package io.github.beamml.serving;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.beamml.engine.CannotException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** ONNX Runtime, loaded once in a process. */
final class OnnxRuntime {
  /** Not a constant, which the compiler would halve without asking the processor. */
  private static volatile double smallestNormal = Double.MIN_NORMAL;

  /**
   * ONNX Runtime builds trees by recursion: a forest of 100 trees overflows a thread's usual stack,
   * which ends the process without a word. Only what is used of it is taken.
   */
  private static final long STACK_BYTES = 512L << 20;

  private OnnxRuntime() {}

  /**
   * @throws CannotException if the native library cannot be loaded here
   */
  static OrtEnvironment environment() {
    OrtEnvironment environment;
    try {
      environment = OrtEnvironment.getEnvironment();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw CannotException.to(
          "load ONNX Runtime", "it has no native library for this machine (" + e + ")", e);
    }
    checkDenormals();
    return environment;
  }

  /**
   * A native library that was built with fast-math may switch denormal numbers off in the thread
   * that loads it, and with them the bits of everything computed there.
   *
   * @throws CannotException if they are off in this thread
   */
  static void checkDenormals() {
    if (!(smallestNormal / 2 > 0)) {
      throw CannotException.to(
          "use ONNX Runtime", "a native library switched denormal numbers off in this thread");
    }
  }

  /**
   * Opens a model; the caller closes it.
   *
   * @param name of the model, for messages
   * @param threads how many one call may use
   * @throws CannotException if it is no model that ONNX Runtime can run
   */
  static OrtSession open(String name, byte[] model, int threads) {
    FutureTask<OrtSession> opening = new FutureTask<>(() -> openHere(name, model, threads));
    new Thread(null, opening, "onnx-open", STACK_BYTES).start();
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException ours) {
        throw ours;
      }
      throw CannotException.to("open " + name, String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("open " + name, "it was interrupted", e);
    }
  }

  private static OrtSession openHere(String name, byte[] model, int threads) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(model, options);
      checkDenormals();
      return session;
    } catch (OrtException e) {
      throw CannotException.to("open " + name, firstLine(e), e);
    }
  }

  static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
