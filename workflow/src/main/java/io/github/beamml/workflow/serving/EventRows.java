package io.github.beamml.workflow.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.json.JsonRowWriter;
import io.github.beamml.workflow.publish.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows on their way through a topic, as JSON with their row key. Columns with NaN or infinities,
 * which JSON has no form for, travel as 16 hex digits a value.
 */
final class EventRows {
  private static final String KIND = "row";

  private final RowBatch rows;
  private final String keyColumn;
  private final Set<String> hexColumns;
  private final RowBatch sent;

  private EventRows(RowBatch rows, String keyColumn, Set<String> hexColumns, RowBatch sent) {
    this.rows = rows;
    this.keyColumn = keyColumn;
    this.hexColumns = hexColumns;
    this.sent = sent;
  }

  /**
   * @param rows with their row keys
   */
  static EventRows of(RowBatch rows) {
    String keyColumn = "row_key";
    while (rows.schema().has(keyColumn)) {
      keyColumn += "_";
    }
    Set<String> hexColumns = new LinkedHashSet<>();
    RowBatch sent = rows;
    for (Field field : rows.schema().dataFields()) {
      if (rows.column(field.name()) instanceof DoubleColumn doubles && !isFinite(doubles)) {
        hexColumns.add(field.name());
        sent = sent.with(hexField(field), hex(doubles));
      }
    }
    sent =
        sent.with(
            Field.required(keyColumn, ValueType.STRING),
            StringColumn.of(keys(rows), counting(rows.size()), null));
    return new EventRows(
        rows,
        keyColumn,
        hexColumns,
        sent.select(sent.schema().dataFields().stream().map(Field::name).toList()));
  }

  private static boolean isFinite(DoubleColumn column) {
    for (int row = 0; row < column.size(); row++) {
      if (!column.isNull(row) && !Double.isFinite(column.get(row))) {
        return false;
      }
    }
    return true;
  }

  private static Field hexField(Field field) {
    return new Field(field.name(), ValueType.STRING, field.nullable());
  }

  private static Column hex(DoubleColumn column) {
    String[] texts = new String[column.size()];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = column.isNull(row) ? "" : CanonicalJson.float64(column.get(row));
    }
    return StringColumn.of(texts, counting(texts.length), column.nulls());
  }

  private static String[] keys(RowBatch rows) {
    BytesColumn column = (BytesColumn) rows.column(Field.ROW_KEY.name());
    String[] keys = new String[rows.size()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = Hex.of(column.get(row));
    }
    return keys;
  }

  private static int[] counting(int size) {
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /** The column that holds the row key, as hex digits. */
  String keyColumn() {
    return keyColumn;
  }

  /** The schema of the events. */
  RowSchema schema() {
    return sent.schema();
  }

  boolean hasHexColumns() {
    return !hexColumns.isEmpty();
  }

  /** Makes numbers of hex digits again. */
  BatchFn fromHex() {
    return new FromHexFn(new ArrayList<>(hexColumns));
  }

  /** One event a row, its place decided by the row key. */
  List<Event> events() {
    BytesColumn keys = (BytesColumn) rows.column(Field.ROW_KEY.name());
    JsonRowWriter json = new JsonRowWriter(sent.schema());
    List<Event> events = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      byte[] key = keys.get(row);
      events.add(new Event(KIND, key, Hex.of(key).getBytes(US_ASCII), json.toBytes(sent, row)));
    }
    return events;
  }

  private record FromHexFn(ArrayList<String> columns) implements BatchFn {
    @Override
    public String name() {
      return "from_hex";
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      RowSchema schema = input;
      for (String column : columns) {
        schema = schema.with(new Field(column, ValueType.DOUBLE, input.field(column).nullable()));
      }
      return schema;
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      RowBatch result = batch;
      for (String name : columns) {
        StringColumn texts = (StringColumn) batch.column(name);
        double[] values = new double[texts.size()];
        for (int row = 0; row < values.length; row++) {
          values[row] = texts.isNull(row) ? 0 : CanonicalJson.parseFloat64(texts.get(row));
        }
        boolean nullable = batch.schema().field(name).nullable();
        result =
            result.with(
                new Field(name, ValueType.DOUBLE, nullable),
                DoubleColumn.of(values, texts.nulls()));
      }
      return result;
    }
  }
}
