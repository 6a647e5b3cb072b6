package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features as one byte a value, column by column: all that the learners read of the features.
 * Shards binned by the same cuts are parts of one matrix.
 */
public final class BinnedMatrix {
  private final List<String> names;
  private final List<ColumnCuts> cuts;
  private final byte[][] bins;
  private final int rows;

  private BinnedMatrix(List<String> names, List<ColumnCuts> cuts, byte[][] bins, int rows) {
    this.names = names;
    this.cuts = cuts;
    this.bins = bins;
    this.rows = rows;
  }

  /** Bins by the features' own quantiles, as {@link ColumnCuts} says. */
  public static BinnedMatrix of(FeatureMatrix features, int threads) {
    ColumnCuts[] cuts = new ColumnCuts[features.features()];
    byte[][] bins = new byte[features.features()][];
    Parallel.run(
        threads,
        cuts.length,
        feature -> {
          double[] column = features.column(feature);
          cuts[feature] = ColumnCuts.of(column);
          bins[feature] = cuts[feature].binsOf(column);
        });
    return new BinnedMatrix(features.names(), List.of(cuts), bins, features.rows());
  }

  /**
   * Bins by cuts chosen before, such as those of all shards together.
   *
   * @throws InvalidInputException if there is not one set of cuts for each feature
   */
  public static BinnedMatrix of(FeatureMatrix features, List<ColumnCuts> cuts, int threads) {
    if (cuts.size() != features.features()) {
      throw InvalidInputException.of(
          "cuts", cuts.size(), features.features() + ", one for each feature");
    }
    byte[][] bins = new byte[features.features()][];
    Parallel.run(
        threads,
        bins.length,
        feature -> bins[feature] = cuts.get(feature).binsOf(features.column(feature)));
    return new BinnedMatrix(features.names(), List.copyOf(cuts), bins, features.rows());
  }

  public List<String> names() {
    return names;
  }

  public int rows() {
    return rows;
  }

  public int features() {
    return bins.length;
  }

  public ColumnCuts cuts(int feature) {
    return cuts.get(feature);
  }

  /** The bins of a feature, one a row, unsigned: not a copy. */
  byte[] bins(int feature) {
    return bins[feature];
  }

  List<ColumnCuts> allCuts() {
    return cuts;
  }

  /** The bins of all features. */
  byte[][] bins() {
    return bins;
  }

  /** The features that can split anything, ascending: those with values in two bins or more. */
  static int[] usableFeatures(List<BinnedMatrix> shards) {
    int features = shards.get(0).features();
    List<Integer> usable = new ArrayList<>();
    for (int feature = 0; feature < features; feature++) {
      if (hasTwoBins(shards, feature)) {
        usable.add(feature);
      }
    }
    return usable.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean hasTwoBins(List<BinnedMatrix> shards, int feature) {
    int first = -1;
    for (BinnedMatrix shard : shards) {
      for (byte bin : shard.bins[feature]) {
        if (first < 0) {
          first = bin & 0xff;
        } else if ((bin & 0xff) != first) {
          return true;
        }
      }
    }
    return false;
  }

  static void checkSameColumns(List<BinnedMatrix> shards) {
    BinnedMatrix first = shards.get(0);
    for (BinnedMatrix shard : shards) {
      boolean same = shard.names.equals(first.names);
      for (int feature = 0; same && feature < first.features(); feature++) {
        same = Arrays.equals(shard.cuts(feature).toArray(), first.cuts(feature).toArray());
      }
      if (!same) {
        throw InvalidInputException.of("shards", "different columns", "binned by the same cuts");
      }
    }
  }
}
