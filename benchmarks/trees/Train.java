import io.github.beamml.engine.tree.BoostingConfig;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.ForestConfig;
import io.github.beamml.engine.tree.HistogramBoosting;
import io.github.beamml.engine.tree.HistogramForest;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Trains once in a JVM that has just started, as a workflow does, and prints seconds and test AUC.
 */
final class Train {
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    boolean isForest = arguments[1].equals("forest");
    long seed = Long.parseLong(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    FeatureMatrix train = matrix(folder, "train");
    TrainingRows rows =
        TrainingRows.of(
            Files.readAllBytes(folder.resolve("train.labels")),
            Files.readAllBytes(folder.resolve("train.keys")));
    long start = System.nanoTime();
    TreeEnsemble trees =
        isForest
            ? HistogramForest.train(
                train,
                rows,
                ForestConfig.defaults().withTrees(100).withMaxDepth(12).withSeed(seed),
                threads,
                Progress.NONE)
            : HistogramBoosting.train(
                train,
                rows,
                BoostingConfig.defaults().withTrees(100).withMaxDepth(6),
                threads,
                Progress.NONE);
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] margins = trees.margins(matrix(folder, "test"), threads);
    double auc = auc(margins, Files.readAllBytes(folder.resolve("test.labels")));
    System.out.printf(Locale.ROOT, "%.3f %.5f%n", seconds, auc);
  }

  private static FeatureMatrix matrix(Path folder, String part) throws IOException {
    int features = Integer.parseInt(Files.readString(folder.resolve("columns")));
    Path file = folder.resolve(part + ".numbers");
    int size = (int) (Files.size(file) / 8 / features);
    double[][] columns = new double[features][size];
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer row = ByteBuffer.allocate(8 * features * 1024).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < size; ) {
        row.clear();
        while (row.hasRemaining() && channel.read(row) >= 0) {}
        row.flip();
        for (; row.hasRemaining(); at++) {
          for (int feature = 0; feature < features; feature++) {
            columns[feature][at] = row.getDouble();
          }
        }
      }
    }
    List<String> names = IntStream.range(0, features).mapToObj(i -> "x" + i).toList();
    return FeatureMatrix.of(names, columns);
  }

  /** By ranks, ties counted half, as scikit-learn does. */
  private static double auc(double[] margins, byte[] labels) {
    Integer[] order = new Integer[margins.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(margins[a], margins[b]));
    double wins = 0;
    long negatives = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      long tiedPositives = 0;
      while (to < order.length && margins[order[to]] == margins[order[from]]) {
        tiedPositives += labels[order[to++]];
      }
      long tiedNegatives = to - from - tiedPositives;
      wins += tiedPositives * (negatives + tiedNegatives / 2.0);
      negatives += tiedNegatives;
      positives += tiedPositives;
      from = to;
    }
    return wins / negatives / positives;
  }
}
