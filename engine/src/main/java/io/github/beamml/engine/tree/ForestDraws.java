package io.github.beamml.engine.tree;

import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.hash.StableHash;
import java.util.Arrays;

/**
 * All that is random in a forest: how often a tree draws a row, a function of (seed, tree, row
 * key), and the features that a node tries, a function of (seed, tree, path). A path is 1 at the
 * root, twice its parent's to the left, one more to the right.
 */
final class ForestDraws {
  static final long ROOT_PATH = 1;

  private static final int KEYS_PER_TASK = 1 << 14;

  private final long rowSeed;
  private final long nodeSeed;
  private final int[] usable;
  private final int featuresPerNode;

  /**
   * @param usable the features that may split, ascending
   */
  ForestDraws(ForestConfig config, int[] usable) {
    this.rowSeed = StableHash.of(config.seed(), 1);
    this.nodeSeed = StableHash.of(config.seed(), 2);
    this.usable = usable;
    this.featuresPerNode = usable.length == 0 ? 0 : config.featuresPerNode().of(usable.length);
  }

  int featuresPerNode() {
    return featuresPerNode;
  }

  /** What {@link #weight} needs to know of each row, whatever the tree. */
  long[] rowHashes(byte[] keys, int threads) {
    long[] hashes = new long[keys.length / Sha256.BYTES];
    int tasks = (hashes.length + KEYS_PER_TASK - 1) / KEYS_PER_TASK;
    Parallel.run(
        threads,
        tasks,
        task -> {
          int end = Math.min(hashes.length, (task + 1) * KEYS_PER_TASK);
          for (int row = task * KEYS_PER_TASK; row < end; row++) {
            hashes[row] = StableHash.ofKey(rowSeed, keys, row * Sha256.BYTES);
          }
        });
    return hashes;
  }

  long treeHash(int tree) {
    return StableHash.of(rowSeed, tree);
  }

  /** How often the tree draws the row: Poisson with mean 1. */
  static int weight(long treeHash, long rowHash) {
    return StableHash.poisson1(StableHash.mix(rowHash ^ treeHash));
  }

  /** Writes the features that the node tries, ascending; {@code scratch} holds all usable ones. */
  void drawFeatures(int tree, long path, int[] scratch, int[] chosen) {
    System.arraycopy(usable, 0, scratch, 0, usable.length);
    if (featuresPerNode < usable.length) {
      long hash = StableHash.of(nodeSeed, tree, path);
      for (int i = 0; i < featuresPerNode; i++) {
        int other = i + StableHash.below(usable.length - i, StableHash.of(hash, i));
        int swap = scratch[i];
        scratch[i] = scratch[other];
        scratch[other] = swap;
      }
    }
    System.arraycopy(scratch, 0, chosen, 0, featuresPerNode);
    Arrays.sort(chosen, 0, featuresPerNode);
  }

  int usableFeatures() {
    return usable.length;
  }
}
