package io.github.beamml.io.parquet;

import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** Takes the values of one column of a row group and builds columns of so many rows. */
abstract class ColumnDecoder {
  private @Nullable ColumnReader reader;
  private int maxDefinition;
  private @Nullable IntegerScale scale;

  static ColumnDecoder of(Field field) {
    return switch (field.type()) {
      case BOOLEAN, INT64, TIMESTAMP -> new Longs(field.type());
      case DOUBLE -> new Doubles();
      case STRING -> new Strings();
      case BYTES -> new Bytes();
      case DOUBLES -> new Lists();
    };
  }

  void open(ColumnReader columnReader, ColumnDescriptor column) {
    reader = columnReader;
    maxDefinition = column.getMaxDefinitionLevel();
    scale = IntegerScale.of(column.getPrimitiveType());
  }

  final ColumnReader reader() {
    if (reader == null) {
      throw new IllegalStateException("not opened");
    }
    return reader;
  }

  final IntegerScale scale() {
    if (scale == null) {
      throw new IllegalStateException("not opened");
    }
    return scale;
  }

  final boolean isPresent() {
    return reader().getCurrentDefinitionLevel() == maxDefinition;
  }

  final int maxDefinition() {
    return maxDefinition;
  }

  /** What Parquet hands each value to. */
  abstract PrimitiveConverter converter();

  abstract Column read(int rows);

  /** Hands the present values of so many rows to the converter, and notes the others as null. */
  final long @Nullable [] consume(int rows, RowStart start) {
    ColumnReader values = reader();
    long[] nulls = Nulls.none(rows);
    for (int row = 0; row < rows; row++) {
      start.at(row);
      if (isPresent()) {
        values.writeCurrentValueToConverter();
      } else {
        Nulls.set(nulls, row);
      }
      values.consume();
    }
    return nulls;
  }

  /** Called before each row's value. */
  interface RowStart {
    void at(int row);
  }

  private static final class Longs extends ColumnDecoder {
    private final ValueType type;
    private long[] values = new long[0];
    private int row;

    Longs(ValueType type) {
      this.type = type;
    }

    @Override
    PrimitiveConverter converter() {
      return new PrimitiveConverter() {
        @Override
        public void addLong(long value) {
          values[row] = scale().apply(value);
        }

        @Override
        public void addInt(int value) {
          values[row] = scale().apply(value);
        }

        @Override
        public void addBoolean(boolean value) {
          values[row] = value ? 1 : 0;
        }
      };
    }

    @Override
    Column read(int rows) {
      values = new long[rows];
      long[] nulls = consume(rows, at -> row = at);
      return LongColumn.of(type, values, nulls);
    }
  }

  private static final class Doubles extends ColumnDecoder {
    private double[] values = new double[0];
    private int row;

    @Override
    PrimitiveConverter converter() {
      return new PrimitiveConverter() {
        @Override
        public void addDouble(double value) {
          values[row] = value;
        }

        @Override
        public void addFloat(float value) {
          values[row] = value;
        }
      };
    }

    @Override
    Column read(int rows) {
      values = new double[rows];
      long[] nulls = consume(rows, at -> row = at);
      return DoubleColumn.of(values, nulls);
    }
  }

  /** Keeps the codes of a dictionary page, so that each of its texts is decoded once. */
  private static final class Strings extends ColumnDecoder {
    private String[] dictionary = new String[0];
    private int dictionarySize;
    private final Map<Binary, Integer> known = new HashMap<>();
    private int[] codes = new int[0];
    private int row;

    @Override
    PrimitiveConverter converter() {
      return new PrimitiveConverter() {
        private int[] codeOfId = new int[0];

        @Override
        public boolean hasDictionarySupport() {
          return true;
        }

        @Override
        public void setDictionary(Dictionary page) {
          codeOfId = new int[page.getMaxId() + 1];
          for (int id = 0; id < codeOfId.length; id++) {
            codeOfId[id] = code(page.decodeToBinary(id));
          }
        }

        @Override
        public void addValueFromDictionary(int id) {
          codes[row] = codeOfId[id];
        }

        @Override
        public void addBinary(Binary value) {
          codes[row] = code(value);
        }
      };
    }

    private int code(Binary value) {
      Integer code = known.get(value);
      if (code == null) {
        code = dictionarySize++;
        known.put(value.copy(), code);
        if (code == dictionary.length) {
          dictionary = Arrays.copyOf(dictionary, Math.max(16, 2 * code));
        }
        dictionary[code] = value.toStringUsingUTF8();
      }
      return code;
    }

    @Override
    Column read(int rows) {
      codes = new int[rows];
      long[] nulls = consume(rows, at -> row = at);
      // The dictionary only grows, so batches of a row group may share what it holds by now.
      return StringColumn.of(Arrays.copyOf(dictionary, dictionarySize), codes, nulls);
    }
  }

  private static final class Bytes extends ColumnDecoder {
    private byte[] bytes = new byte[0];
    private int[] offsets = new int[1];
    private int length;

    @Override
    PrimitiveConverter converter() {
      return new PrimitiveConverter() {
        @Override
        public void addBinary(Binary value) {
          byte[] added = value.getBytesUnsafe();
          if (length + added.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + added.length, 2 * bytes.length));
          }
          System.arraycopy(added, 0, bytes, length, added.length);
          length += added.length;
        }
      };
    }

    @Override
    Column read(int rows) {
      offsets = new int[rows + 1];
      length = 0;
      bytes = new byte[rows * 32];
      long[] nulls = consume(rows, at -> offsets[at] = length);
      offsets[rows] = length;
      return BytesColumn.of(bytes, offsets, nulls);
    }
  }

  private static final class Lists extends ColumnDecoder {
    private double[] values = new double[0];
    private int length;

    @Override
    PrimitiveConverter converter() {
      return new PrimitiveConverter() {
        @Override
        public void addDouble(double value) {
          if (length == values.length) {
            values = Arrays.copyOf(values, Math.max(64, 2 * length));
          }
          values[length++] = value;
        }
      };
    }

    @Override
    Column read(int rows) {
      ColumnReader reader = reader();
      int[] offsets = new int[rows + 1];
      long[] nulls = Nulls.none(rows);
      values = new double[rows];
      length = 0;
      for (int row = 0; row < rows; row++) {
        // The levels below the list's own: one less means empty, two less a null list.
        if (reader.getCurrentDefinitionLevel() < maxDefinition() - 1) {
          Nulls.set(nulls, row);
        }
        do {
          if (isPresent()) {
            reader.writeCurrentValueToConverter();
          }
          reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0);
        offsets[row + 1] = length;
      }
      return DoublesColumn.of(Arrays.copyOf(values, length), offsets, nulls);
    }
  }
}
