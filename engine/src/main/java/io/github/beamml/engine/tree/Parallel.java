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
 * Numbered tasks on a few threads, the caller's among them, in no order; what they write, each to
 * its own place, is seen after.
 */
final class Parallel implements AutoCloseable {
  private final int threads;
  private final ExecutorService helpers;

  Parallel(int threads) {
    this.threads = threads;
    helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1), Parallel::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "beamml-trees");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs tasks 0 to {@code tasks - 1}, each once, on threads of their own. */
  static void run(int threads, int tasks, IntConsumer task) {
    runWith(threads, tasks, () -> task);
  }

  /**
   * As {@link #run(int, int, IntConsumer)}, each thread with a worker of its own, which may keep
   * buffers from task to task.
   */
  static void runWith(int threads, int tasks, Supplier<IntConsumer> workers) {
    if (threads <= 1 || tasks <= 1) {
      IntConsumer worker = workers.get();
      for (int task = 0; task < tasks; task++) {
        worker.accept(task);
      }
      return;
    }
    try (Parallel parallel = new Parallel(Math.min(threads, tasks))) {
      parallel.runWith(tasks, workers);
    }
  }

  /** Runs tasks 0 to {@code tasks - 1}, each once. */
  void run(int tasks, IntConsumer task) {
    runWith(tasks, () -> task);
  }

  /** Runs tasks 0 to {@code tasks - 1}, each once, each thread with a worker of its own. */
  void runWith(int tasks, Supplier<IntConsumer> workers) {
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          try {
            IntConsumer worker = workers.get();
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
              worker.accept(task);
            }
          } finally {
            next.set(tasks);
          }
        };
    List<Future<?>> helping = new ArrayList<>();
    for (int helper = 1; helper < Math.min(threads, tasks); helper++) {
      helping.add(helpers.submit(loop));
    }
    try {
      loop.run();
    } finally {
      await(helping);
    }
  }

  private static void await(List<Future<?>> helping) {
    try {
      for (Future<?> helper : helping) {
        helper.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("train model", "interrupted");
    }
  }

  @Override
  public void close() {
    helpers.shutdownNow();
  }
}
