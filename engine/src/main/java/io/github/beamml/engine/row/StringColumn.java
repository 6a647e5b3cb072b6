package io.github.beamml.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text as codes into a dictionary of this batch. The dictionary's order follows the data and means
 * nothing; entries may repeat or be unused.
 */
public final class StringColumn extends Column {
  private final String[] dictionary;
  private final int[] codes;

  private StringColumn(String[] dictionary, int[] codes, long @Nullable [] nulls) {
    super(ValueType.STRING, codes.length, nulls);
    this.dictionary = dictionary;
    this.codes = codes;
  }

  /**
   * @param dictionary well-formed strings
   * @param codes one position in the dictionary a row; unspecified where the row is null
   */
  public static StringColumn of(String[] dictionary, int[] codes, long @Nullable [] nulls) {
    return new StringColumn(dictionary, codes, nulls);
  }

  public String get(int row) {
    return dictionary[codes[row]];
  }

  /** Work that depends on the text alone can be done once an entry; only to be read. */
  public String[] dictionary() {
    return dictionary;
  }

  /** One position in the dictionary a row; only to be read. */
  public int[] codes() {
    return codes;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : dictionary[codes[row]];
  }

  @Override
  public StringColumn take(int[] rows) {
    int[] taken = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = codes[rows[i]];
    }
    return new StringColumn(dictionary, taken, takeNulls(rows));
  }

  static StringColumn join(List<Column> parts) {
    int entries = 0;
    for (Column part : parts) {
      entries += ((StringColumn) part).dictionary.length;
    }
    String[] dictionary = new String[entries];
    int[] codes = new int[totalSize(parts)];
    int at = 0;
    int base = 0;
    for (Column column : parts) {
      StringColumn part = (StringColumn) column;
      System.arraycopy(part.dictionary, 0, dictionary, base, part.dictionary.length);
      for (int code : part.codes) {
        codes[at++] = base + code;
      }
      base += part.dictionary.length;
    }
    return new StringColumn(dictionary, codes, Nulls.join(parts));
  }
}
