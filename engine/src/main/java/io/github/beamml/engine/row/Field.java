package io.github.beamml.engine.row;

import java.io.Serializable;

/** A column's name, type and whether it may be null. */
public record Field(String name, ValueType type, boolean nullable) implements Serializable {
  /** Names that start with this are the library's own: no data, not in fingerprints or plans. */
  public static final String SYSTEM_PREFIX = "_";

  /** The column of 32-byte row keys, see {@link RowKey}. */
  public static final Field ROW_KEY = required("_row_key", ValueType.BYTES);

  public static Field required(String name, ValueType type) {
    return new Field(name, type, false);
  }

  public static Field nullable(String name, ValueType type) {
    return new Field(name, type, true);
  }

  public boolean isSystem() {
    return name.startsWith(SYSTEM_PREFIX);
  }

  /** As a workflow's schema says it, such as {@code double?}. */
  public String typeLabel() {
    return type.label() + (nullable ? "?" : "");
  }
}
