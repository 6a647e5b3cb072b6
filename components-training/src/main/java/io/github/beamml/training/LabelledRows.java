package io.github.beamml.training;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.model.Predictor;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.StringColumn;
import java.util.List;
import java.util.TreeSet;

/** Labels, row keys and scores of rows as arrays. */
public final class LabelledRows {
  private LabelledRows() {}

  /**
   * The label of each row as 0 or 1.
   *
   * @throws InvalidInputException if the column is no label of two classes
   */
  public static byte[] labels(RowBatch rows, String label) {
    Column column = rows.column(label);
    if (!(column instanceof LongColumn longs)) {
      throw InvalidInputException.because(
          "label", classes(column) + " (must be two; give a condition such as x > 15)");
    }
    byte[] labels = new byte[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      long value = longs.get(row);
      if (longs.isNull(row) || value < 0 || value > 1) {
        throw InvalidInputException.because(
            "label", classes(column) + " (must be two: 0 and 1, or true and false)");
      }
      labels[row] = (byte) value;
    }
    return labels;
  }

  private static String classes(Column column) {
    TreeSet<String> classes = new TreeSet<>();
    for (int row = 0; row < column.size() && classes.size() < 100; row++) {
      classes.add(
          column instanceof StringColumn strings && !strings.isNull(row)
              ? strings.get(row)
              : String.valueOf(column.value(row)));
    }
    return (classes.size() < 100 ? "" : "over ") + classes.size() + " classes";
  }

  /** The row keys, 32 bytes each. */
  public static byte[] keys(RowBatch rows) {
    BytesColumn column = (BytesColumn) rows.column(Field.ROW_KEY.name());
    byte[] keys = new byte[rows.size() * Sha256.BYTES];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(column.bytes(), column.offset(row), keys, row * Sha256.BYTES, Sha256.BYTES);
    }
    return keys;
  }

  /**
   * Scores prepared rows for an evaluation.
   *
   * @param threads how many may work at a time
   */
  public static ScoredRows scored(
      Preparation preparation, Predictor predictor, RowBatch rows, String label, int threads) {
    double[] margins = predictor.margins(preparation.matrix(rows), threads);
    double[] probabilities = new double[margins.length];
    for (int row = 0; row < margins.length; row++) {
      probabilities[row] = predictor.probability(margins[row]);
    }
    return ScoredRows.of(margins, probabilities, labels(rows, label), keys(rows), List.of());
  }
}
