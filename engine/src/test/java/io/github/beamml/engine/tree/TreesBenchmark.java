package io.github.beamml.engine.tree;

import com.sun.management.OperatingSystemMXBean;
import io.github.beamml.engine.hash.Hex;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Times the learners on generated rows of the size of the flights example, first cold, then warm.
 * From the root of the repository, after {@code mvn -pl engine -am test-compile}:
 *
 * <pre>
 * java -cp engine/target/classes:engine/target/test-classes \
 *   io.github.beamml.engine.tree.TreesBenchmark [threads [rows [columns [repetitions]]]]
 * </pre>
 *
 * Digests are the same on every machine, whatever the number of threads.
 */
public final class TreesBenchmark {
  private TreesBenchmark() {}

  public static void main(String[] arguments) {
    int threads = argument(arguments, 0, 2);
    int rows = argument(arguments, 1, 245_000);
    int columns = argument(arguments, 2, 40);
    int repetitions = argument(arguments, 3, 4);
    Generated generated = generate(rows, columns);
    print(
        "%d rows, %d columns, %d threads, Java %s",
        rows, columns, threads, Runtime.version().feature());
    for (int repetition = 0; repetition < repetitions; repetition++) {
      String name = repetition == 0 ? "cold" : "warm";
      Clock start = Clock.now();
      TreeEnsemble forest =
          HistogramForest.train(
              generated.features(),
              generated.training(),
              ForestConfig.defaults().withSeed(7),
              threads,
              Progress.NONE);
      report(name + " forest, 100 trees, depth 12", forest, start, generated, threads);
    }
    for (int repetition = 0; repetition < repetitions; repetition++) {
      String name = repetition == 0 ? "cold" : "warm";
      Clock start = Clock.now();
      TreeEnsemble boosting =
          HistogramBoosting.train(
              generated.features(),
              generated.training(),
              BoostingConfig.defaults(),
              threads,
              Progress.NONE);
      report(name + " boosting, 100 trees, depth 6", boosting, start, generated, threads);
    }
  }

  private static int argument(String[] arguments, int position, int otherwise) {
    return position < arguments.length ? Integer.parseInt(arguments[position]) : otherwise;
  }

  /** Columns by turns continuous, of a few values, and with missing ones; a fifth of them count. */
  private static Generated generate(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] values = new double[columns][rows];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      double score = -1.3;
      for (int column = 0; column < columns; column++) {
        double value =
            switch (column % 4) {
              case 0 -> random.nextDouble();
              case 1 -> random.nextInt(12) / 12.0;
              case 2 -> random.nextInt(5) == 0 ? Double.NaN : random.nextDouble();
              default -> random.nextInt(2);
            };
        values[column][row] = value;
        score += column % 5 == 0 && value > 0.6 ? 0.6 : 0;
      }
      labels[row] = (byte) (random.nextDouble() < 1 / (1 + StrictMath.exp(2 - score)) ? 1 : 0);
    }
    return new Generated(Generated.matrix(values), labels, Generated.keys(rows, random));
  }

  private static void report(
      String name, TreeEnsemble model, Clock start, Generated rows, int threads) {
    Clock trained = Clock.now();
    double[] margins = model.margins(rows.features(), threads);
    Clock scored = Clock.now();
    print(
        "%-33s trained in %s, scored in %s, AUC %.4f, %s",
        name,
        trained.since(start),
        scored.since(trained),
        Generated.auc(margins, rows.labels()),
        Hex.of(model.digest()).substring(0, 16));
  }

  /** Seconds passed, and seconds of all processors, which tell more on a busy machine. */
  private record Clock(long nanos, long processorNanos) {
    static Clock now() {
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Clock(System.nanoTime(), system.getProcessCpuTime());
    }

    String since(Clock start) {
      return String.format(
          Locale.ROOT,
          "%.2f s (CPU %.2f s)",
          (nanos - start.nanos) / 1e9,
          (processorNanos - start.processorNanos) / 1e9);
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
