package io.github.beamml.engine.split;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.StableHash;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;

/**
 * Folds for cross-validation: a row's fold is floor(h * k / 2^32), h the upper 32 bits of a salted
 * hash of its key. Folds are about equally large, not to the row.
 *
 * @param count k, at least 2
 * @param salt any text; another one divides the rows in another way
 */
public record Folds(int count, String salt) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws InvalidInputException if there are less than 2
   */
  public Folds {
    if (count < 2) {
      throw InvalidInputException.of(Split.KEY + ".of", count, "at least 2 folds");
    }
  }

  static Folds of(int count) {
    return new Folds(count, "");
  }

  /** Another division of the same rows. */
  public Folds salt(String text) {
    return new Folds(count, text);
  }

  /** The fold of every row, from 0. */
  public int[] assign(RowBatch batch) {
    check(batch.schema());
    long[] hashes = RowHashes.ofKeys(batch, RowHashes.seed(salt));
    int[] folds = new int[hashes.length];
    for (int row = 0; row < folds.length; row++) {
      folds[row] = StableHash.below(count, hashes[row]);
    }
    return folds;
  }

  void check(RowSchema schema) {
    RowHashes.checkKeys(schema, Split.KEY + ".fold");
  }

  /**
   * The split in which one fold is the validation part and all others train.
   *
   * @throws InvalidInputException if there is no such fold
   */
  public Split validationFold(int fold) {
    return new FoldSplit(this, fold);
  }
}
