package io.github.beamml.engine.row;

import java.util.Locale;

/** The types a value may have. The order of the constants is part of the batch format. */
public enum ValueType {
  /** True or false; in a {@link LongColumn} as 1 and 0. */
  BOOLEAN,
  /** A signed 64-bit integer. */
  INT64,
  /** An IEEE 754 double: -0.0 is stored as +0.0, every NaN as the one canonical NaN. */
  DOUBLE,
  /** Unicode text without lone surrogates. */
  STRING,
  /** Bytes as they are. */
  BYTES,
  /** An instant: microseconds since 1970-01-01T00:00:00Z. */
  TIMESTAMP,
  /** An array of doubles; the length may differ from row to row. */
  DOUBLES;

  /** The name in schemas, manifests and messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
