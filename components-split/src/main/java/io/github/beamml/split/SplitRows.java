package io.github.beamml.split;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Part;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.split.SplitPart;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Puts rows into the parts of a {@link Split}: pure functions of a row, for bounded rows and
 * streams.
 *
 * <pre>{@code
 * Split split = Split.byHash().validation(0.1).test(0.2).salt("flights");
 * PCollection<Row> training = keyed.apply(SplitRows.only(split.train()));
 * }</pre>
 */
public final class SplitRows {
  private SplitRows() {}

  /**
   * The rows of one part.
   *
   * @throws InvalidInputException when applied to rows without the column that the split reads
   */
  public static PTransform<PCollection<Row>, PCollection<Row>> only(SplitPart part) {
    return rows(part.fn());
  }

  /**
   * Adds the name of each row's part ({@code train}, {@code validation}, {@code test}, {@code
   * none}) as a string.
   *
   * @param column the name of the new column
   */
  public static PTransform<PCollection<Row>, PCollection<Row>> mark(Split split, String column) {
    return rows(marking(split, column));
  }

  static BatchFn marking(Split split, String column) {
    return new MarkFn(split, column);
  }

  /**
   * Adds row keys made of these fields: what a split by hash, stratified or in folds reads.
   *
   * @param fields that make a row itself; none means the whole row, so that equal rows share a key
   */
  public static PTransform<PCollection<Row>, PCollection<Row>> withKeys(List<String> fields) {
    return rows(keying(fields));
  }

  static BatchFn keying(List<String> fields) {
    return new KeyFn(RowKey.of(fields));
  }

  private static PTransform<PCollection<Row>, PCollection<Row>> rows(BatchFn function) {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollection<Row> expand(PCollection<Row> input) {
        return input.apply("Rows", ApplyToRows.of(function)).get(ApplyToRows.ROWS);
      }
    };
  }

  private record MarkFn(Split split, String column) implements BatchFn {
    private static final long serialVersionUID = 1L;
    private static final String[] LABELS =
        Stream.of(Part.values()).map(Part::label).toArray(String[]::new);

    @Override
    public String name() {
      return "split";
    }

    private Field field() {
      return Field.required(column, ValueType.STRING);
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      split.check(input);
      if (input.has(column)) {
        throw InvalidInputException.because("column", column + " is a column already");
      }
      return input.with(field());
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      byte[] parts = split.assign(batch);
      int[] codes = new int[parts.length];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = parts[row];
      }
      return batch.with(field(), StringColumn.of(LABELS, codes, null));
    }
  }

  private record KeyFn(RowKey key) implements BatchFn {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "row-keys";
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      key.check(input, "row_key");
      return input.with(Field.ROW_KEY);
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      return key.attach(batch);
    }
  }
}
