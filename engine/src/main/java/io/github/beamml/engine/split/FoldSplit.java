package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;

/** One fold validates, the others train. */
final class FoldSplit extends Split {
  private static final long serialVersionUID = 1L;

  private final Folds folds;
  private final int fold;

  FoldSplit(Folds folds, int fold) {
    this.folds = folds;
    this.fold = fold;
    if (fold < 0 || fold >= folds.count()) {
      throw InvalidInputException.of(KEY + ".fold", fold, "from 0 to " + (folds.count() - 1));
    }
  }

  @Override
  public byte[] assign(RowBatch batch) {
    int[] found = folds.assign(batch);
    byte[] codes = new byte[found.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = (found[row] == fold ? Part.VALIDATION : Part.TRAIN).code();
    }
    return codes;
  }

  @Override
  public void check(RowSchema schema) {
    folds.check(schema);
  }

  @Override
  public boolean has(Part part) {
    return part == Part.TRAIN || part == Part.VALIDATION;
  }

  @Override
  void writeTo(ObjectNode json) {
    json.put("fold", fold).put("of", folds.count()).put("salt", folds.salt());
  }
}
