package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.hash.StableHash;
import java.util.Arrays;
import java.util.Optional;

/**
 * Intervals by the Poisson bootstrap: in replicate b a row counts as often as {@link
 * StableHash#poisson1} of the hash of (seed, b, row key) says, 0, 1, 2, ... times. So every row
 * knows its own weight, wherever it lies, and two models on the same rows are compared in the same
 * replicates.
 *
 * <p>The interval of a metric consists of two order statistics of its replicates sorted from the
 * smallest: of m replicates that define the metric, those at the indices k and m - 1 - k (from 0)
 * with {@code k = floor(m * (1 - level) / 2)}; of 200 replicates at level 0.95 the indices 5 and
 * 194. It is absent where less than nine tenths of the replicates define the metric.
 *
 * @param seed of the hash
 * @param replicates how many, at most {@value #MAX_REPLICATES}; 0 for no intervals
 * @param level such as 0.95, at most three decimals
 */
public record Bootstrap(long seed, int replicates, double level) {
  private static final long STREAM = 0x626f6f7473747270L; // "bootstrp"

  /** The largest number of replicates. */
  public static final int MAX_REPLICATES = 10_000;

  /**
   * @throws InvalidInputException if a number is out of its range
   */
  public Bootstrap {
    if (replicates < 0 || replicates > MAX_REPLICATES) {
      throw InvalidInputException.of(
          "bootstrap.replicates", replicates, "between 0 and " + MAX_REPLICATES);
    }
    if (!(level >= 0.5 && level <= 0.999)) {
      throw InvalidInputException.of("bootstrap.level", level, "between 0.5 and 0.999");
    }
  }

  /** 200 replicates at 95 %. */
  public static Bootstrap of(long seed) {
    return new Bootstrap(seed, 200, 0.95);
  }

  public Bootstrap withReplicates(int newReplicates) {
    return new Bootstrap(seed, newReplicates, level);
  }

  public Bootstrap withLevel(double newLevel) {
    return new Bootstrap(seed, replicates, newLevel);
  }

  /** The index from 0 of the lower bound among {@code defined} sorted replicates. */
  public int lowIndex(int defined) {
    // In thousandths, so that 0.95 means 950 and not 0.9499999...
    long outside = 1000 - StrictMath.round(level * 1000);
    return (int) (defined * outside / 2000);
  }

  /** The index from 0 of the upper bound among {@code defined} sorted replicates. */
  public int highIndex(int defined) {
    return defined - 1 - lowIndex(defined);
  }

  /** How often the row with this 32-byte key counts in a replicate. */
  public int weight(byte[] rowKey, int replicate) {
    return weight(StableHash.ofKey(rowSeed(), rowKey, 0), replicateHash(replicate));
  }

  /** What all weights of each row are made of. */
  long[] rowHashes(byte[] keys) {
    long[] hashes = new long[keys.length / Sha256.BYTES];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = StableHash.ofKey(rowSeed(), keys, row * Sha256.BYTES);
    }
    return hashes;
  }

  /** Fills in how often each row counts in a replicate. */
  void weigh(long[] rowHashes, int replicate, byte[] weights) {
    long replicateHash = replicateHash(replicate);
    for (int row = 0; row < weights.length; row++) {
      weights[row] = (byte) weight(rowHashes[row], replicateHash);
    }
  }

  private static int weight(long rowHash, long replicateHash) {
    return StableHash.poisson1(StableHash.mix(rowHash ^ replicateHash));
  }

  private long replicateHash(int replicate) {
    return StableHash.of(rowSeed(), replicate);
  }

  /** Not the seed itself: a learner may draw its rows by the same one. */
  private long rowSeed() {
    return StableHash.of(seed, STREAM);
  }

  /** The interval of these replicates, NaN where undefined; empty if too few are defined. */
  Optional<Interval> interval(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0 || sorted.length * 10L < values.length * 9L) {
      return Optional.empty();
    }
    return Optional.of(
        new Interval(sorted[lowIndex(sorted.length)], sorted[highIndex(sorted.length)]));
  }

  /** Why there is no interval of these replicates. */
  static String whyAbsent(double[] values) {
    if (values.length == 0) {
      return "no bootstrap";
    }
    long undefined = Arrays.stream(values).filter(Double::isNaN).count();
    return "undefined in " + undefined + " of " + values.length + " replicates";
  }
}
