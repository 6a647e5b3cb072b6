package io.github.beamml.engine.tree;

import io.github.beamml.engine.CannotException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Numbered tasks on a few threads, in no order; what they write, each to its own place, is seen
 * after.
 */
final class Parallel {
  private Parallel() {}

  /** Runs tasks 0 to {@code tasks - 1}, each once. */
  static void run(int threads, int tasks, IntConsumer task) {
    runWith(threads, tasks, () -> task);
  }

  /**
   * As {@link #run}, each thread with a worker of its own, which may keep buffers from task to
   * task.
   */
  static void runWith(int threads, int tasks, Supplier<IntConsumer> workers) {
    int used = Math.min(threads, tasks);
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          IntConsumer worker = workers.get();
          for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
            worker.accept(task);
          }
        };
    if (used <= 1) {
      loop.run();
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(used, Parallel::daemon);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int thread = 0; thread < used; thread++) {
        futures.add(executor.submit(loop));
      }
      await(futures, next, tasks);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void await(List<Future<?>> futures, AtomicInteger next, int tasks) {
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      next.set(tasks);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      next.set(tasks);
      Thread.currentThread().interrupt();
      throw CannotException.to("train model", "interrupted");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "beamml-trees");
    thread.setDaemon(true);
    return thread;
  }
}
