package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of one schema, column by column. Immutable; never leaves a transform of this library. */
public final class RowBatch {
  /** How many rows a reader puts into a batch unless bytes say otherwise. */
  public static final int DEFAULT_ROWS = 4096;

  private final RowSchema schema;
  private final List<Column> columns;
  private final int rows;

  private RowBatch(RowSchema schema, List<Column> columns, int rows) {
    this.schema = schema;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * @throws IllegalArgumentException if a column's type or size does not fit
   */
  public static RowBatch of(RowSchema schema, List<Column> columns, int rows) {
    if (schema.size() != columns.size()) {
      throw new IllegalArgumentException(columns.size() + " columns for " + schema);
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.type() != schema.field(i).type() || column.size() != rows) {
        throw new IllegalArgumentException(
            schema.field(i) + ": " + column.size() + " values of " + column.type().label());
      }
    }
    return new RowBatch(schema, columns, rows);
  }

  public static RowBatchBuilder builder(RowSchema schema) {
    return new RowBatchBuilder(schema);
  }

  /** A batch without rows. */
  public static RowBatch empty(RowSchema schema) {
    return builder(schema).build();
  }

  public RowSchema schema() {
    return schema;
  }

  /** Rows. */
  public int size() {
    return rows;
  }

  public Column column(int position) {
    return columns.get(position);
  }

  /**
   * @throws InvalidInputException if there is no such column
   */
  public Column column(String name) {
    return columns.get(schema.position(name));
  }

  public LongColumn longs(int position) {
    return (LongColumn) columns.get(position);
  }

  public DoubleColumn doubles(int position) {
    return (DoubleColumn) columns.get(position);
  }

  public StringColumn strings(int position) {
    return (StringColumn) columns.get(position);
  }

  public BytesColumn bytes(int position) {
    return (BytesColumn) columns.get(position);
  }

  /** The value as {@link Column#value} gives it; for single rows and texts. */
  public @Nullable Object value(int row, String name) {
    return column(name).value(row);
  }

  /** One row's values in the order of the schema. */
  public List<@Nullable Object> row(int row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Column column : columns) {
      values.add(column.value(row));
    }
    return values;
  }

  /** This batch with one more column behind, or with the column of that name replaced. */
  public RowBatch with(Field field, Column column) {
    List<Column> all = new ArrayList<>(columns);
    if (schema.has(field.name())) {
      all.set(schema.position(field.name()), column);
    } else {
      all.add(column);
    }
    return of(schema.with(field), all, rows);
  }

  /**
   * The named columns in the order given.
   *
   * @throws InvalidInputException if there is no column of a name
   */
  public RowBatch select(Collection<String> names) {
    return new RowBatch(schema.select(names), names.stream().map(this::column).toList(), rows);
  }

  public RowBatch without(Set<String> names) {
    return select(schema.names().stream().filter(name -> !names.contains(name)).toList());
  }

  /** The rows named, in the order given. */
  public RowBatch take(int[] selection) {
    return new RowBatch(
        schema, columns.stream().map(column -> column.take(selection)).toList(), selection.length);
  }

  /** Joins batches of one schema. */
  public static RowBatch concat(RowSchema schema, List<RowBatch> parts) {
    if (parts.isEmpty()) {
      return empty(schema);
    }
    List<Column> joined = new ArrayList<>(schema.size());
    for (int i = 0; i < schema.size(); i++) {
      int position = i;
      joined.add(Column.concat(parts.stream().map(part -> part.column(position)).toList()));
    }
    return of(schema, joined, parts.stream().mapToInt(RowBatch::size).sum());
  }
}
