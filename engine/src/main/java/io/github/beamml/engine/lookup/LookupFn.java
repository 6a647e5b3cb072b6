package io.github.beamml.engine.lookup;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Applies a {@link Lookup}; indices are shared by all threads of a process. */
final class LookupFn implements BatchFn {
  private static final long serialVersionUID = 1L;
  private static final ConcurrentHashMap<String, LookupIndex> INDICES = new ConcurrentHashMap<>();

  private final Lookup lookup;
  private final LookupTable table;
  private transient volatile @Nullable LookupIndex index;

  LookupFn(Lookup lookup, LookupTable table) {
    this.lookup = lookup;
    this.table = table;
    checkTable();
  }

  private void checkTable() {
    RowSchema schema = table.schema();
    lookup.tableOn().forEach(column -> tableField(schema, column, "on"));
    lookup.take().forEach(column -> tableField(schema, column, "take"));
    String asOf = lookup.asOf();
    if (asOf != null) {
      requireTimestamp(tableField(schema, asOf, "as_of"), "as_of");
    } else if (lookup.on().isEmpty()) {
      throw lookup.invalid("on", "nothing", "a column or a list of columns");
    }
  }

  private Field tableField(RowSchema schema, String column, String parameter) {
    if (!schema.has(column)) {
      throw InvalidInputException.unknown(
          lookup.place(parameter), column, "a column of " + table.name(), schema.names());
    }
    return schema.field(column);
  }

  private void requireTimestamp(Field field, String parameter) {
    if (field.type() != ValueType.TIMESTAMP) {
      throw InvalidInputException.because(
          lookup.place(parameter),
          "column " + field.name() + " is " + field.type().label() + " (must be timestamp)");
    }
  }

  @Override
  public String name() {
    return "lookup";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    for (int i = 0; i < lookup.on().size(); i++) {
      String column = lookup.on().get(i);
      Field mine = input.field(input.position(column, lookup.place("on")));
      Field theirs = table.schema().field(lookup.tableOn().get(i));
      boolean comparable = mine.type() != ValueType.BYTES && mine.type() != ValueType.DOUBLES;
      if (mine.type() != theirs.type() || !comparable) {
        throw InvalidInputException.because(
            lookup.place("on"),
            "column "
                + column
                + " is "
                + mine.type().label()
                + ", but "
                + theirs.name()
                + " of "
                + table.name()
                + " is "
                + theirs.type().label());
      }
    }
    String at = lookup.at();
    if (at != null) {
      requireTimestamp(input.field(input.position(at, lookup.place("at"))), "at");
    }
    RowSchema output = input;
    for (int i = 0; i < lookup.take().size(); i++) {
      String name = lookup.as().get(i);
      if (output.has(name)) {
        throw InvalidInputException.because(
            lookup.place("take"),
            name + " is a column already (give another name: {" + lookup.take().get(i) + ": ...})");
      }
      ValueType type = table.schema().field(lookup.take().get(i)).type();
      output = output.with(Field.nullable(name, type));
    }
    return output;
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    LookupIndex mine = index();
    int[] matches = mine.match(lookup, batch);
    long[] nulls = Nulls.none(batch.size());
    int[] rows = matches.clone();
    boolean empty = mine.table().size() == 0;
    for (int row = 0; row < rows.length; row++) {
      if (matches[row] < 0) {
        Nulls.set(nulls, row);
        rows[row] = 0;
      }
    }
    RowBatch output = batch;
    for (int i = 0; i < lookup.take().size(); i++) {
      String column = lookup.take().get(i);
      Field field = Field.nullable(lookup.as().get(i), table.schema().field(column).type());
      Column taken =
          empty
              ? missing(field, batch.size())
              : withNulls(mine.table().column(column).take(rows), nulls);
      output = output.with(field, taken);
    }
    return output;
  }

  private LookupIndex index() {
    LookupIndex mine = index;
    if (mine == null) {
      String key = CanonicalJson.text(lookup.toJson()) + " " + table.name();
      mine =
          INDICES.computeIfAbsent(
              key, unseen -> LookupIndex.of(lookup, table.name(), table.rows()));
      index = mine;
    }
    return mine;
  }

  private static Column missing(Field field, int rows) {
    var builder = RowBatch.builder(RowSchema.of(field));
    for (int row = 0; row < rows; row++) {
      builder.endRow();
    }
    return builder.build().column(0);
  }

  private static Column withNulls(Column column, long[] more) {
    long[] nulls = Nulls.either(column.nulls(), more);
    if (column instanceof LongColumn longs) {
      return LongColumn.of(column.type(), longs.values(), nulls);
    }
    if (column instanceof DoubleColumn doubles) {
      return DoubleColumn.of(doubles.values(), nulls);
    }
    if (column instanceof StringColumn strings) {
      return compact(strings, nulls);
    }
    int[] offsets = new int[column.size() + 1];
    if (column instanceof BytesColumn bytes) {
      Arrays.setAll(offsets, row -> row < column.size() ? bytes.offset(row) : bytes.bytes().length);
      return BytesColumn.of(bytes.bytes(), offsets, nulls);
    }
    DoublesColumn arrays = (DoublesColumn) column;
    Arrays.setAll(
        offsets, row -> row < column.size() ? arrays.offset(row) : arrays.values().length);
    return DoublesColumn.of(arrays.values(), offsets, nulls);
  }

  /** Leaves the entries behind that no row uses: the table's dictionary may be far larger. */
  private static StringColumn compact(StringColumn column, long @Nullable [] nulls) {
    Map<Integer, Integer> used = new HashMap<>();
    int[] codes = new int[column.size()];
    String[] dictionary = new String[Math.min(column.size(), column.dictionary().length)];
    for (int row = 0; row < codes.length; row++) {
      if (!Nulls.isNull(nulls, row)) {
        Integer code = used.get(column.codes()[row]);
        if (code == null) {
          code = used.size();
          used.put(column.codes()[row], code);
          dictionary[code] = column.get(row);
        }
        codes[row] = code;
      }
    }
    return StringColumn.of(Arrays.copyOf(dictionary, used.size()), codes, nulls);
  }
}
