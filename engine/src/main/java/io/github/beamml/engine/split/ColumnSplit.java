package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;

/**
 * A split that somebody else made: a text column says {@code train}, {@code validation} or {@code
 * test}. A row where it is null or {@code none} is in no part.
 */
public final class ColumnSplit extends Split {
  private static final long serialVersionUID = 1L;

  static final String BY_COLUMN = "by_column";
  private static final String PLACE = KEY + "." + BY_COLUMN;

  private final String column;

  ColumnSplit(String column) {
    this.column = column;
  }

  @Override
  public void check(RowSchema schema) {
    Field field = schema.field(schema.position(column, PLACE));
    if (field.type() != ValueType.STRING) {
      throw InvalidInputException.because(
          PLACE, "column " + column + " is " + field.type().label() + " (must be string)");
    }
  }

  /**
   * @throws InvalidInputException if the column says anything else
   */
  @Override
  public byte[] assign(RowBatch batch) {
    check(batch.schema());
    StringColumn names = (StringColumn) batch.column(column);
    byte[] codes = new byte[batch.size()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = (names.isNull(row) ? Part.NONE : part(names.get(row))).code();
    }
    return codes;
  }

  private Part part(String name) {
    for (Part part : Part.values()) {
      if (part.label().equals(name)) {
        return part;
      }
    }
    throw InvalidInputException.of(
        PLACE, name + " in column " + column, "train, validation, test or none");
  }

  @Override
  public boolean has(Part part) {
    return true;
  }

  @Override
  void writeTo(ObjectNode json) {
    json.put(BY_COLUMN, column);
  }
}
