package io.github.beamml.engine.expression;

import static io.github.beamml.engine.row.Field.nullable;
import static io.github.beamml.engine.row.Field.required;
import static io.github.beamml.engine.row.ValueType.BOOLEAN;
import static io.github.beamml.engine.row.ValueType.BYTES;
import static io.github.beamml.engine.row.ValueType.DOUBLE;
import static io.github.beamml.engine.row.ValueType.DOUBLES;
import static io.github.beamml.engine.row.ValueType.INT64;
import static io.github.beamml.engine.row.ValueType.STRING;
import static io.github.beamml.engine.row.ValueType.TIMESTAMP;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.Timestamps;
import org.jspecify.annotations.Nullable;

/** Flights to evaluate expressions over. */
final class Rows {
  static final RowSchema FLIGHTS =
      RowSchema.of(
          required("id", INT64),
          required("carrier", STRING),
          nullable("dest", STRING),
          required("distance", DOUBLE),
          nullable("arr_delay", DOUBLE),
          nullable("seats", INT64),
          nullable("cancelled", BOOLEAN),
          required("sched_dep", TIMESTAMP),
          nullable("sched_arr", TIMESTAMP),
          nullable("embedding", DOUBLES),
          nullable("photo", BYTES),
          required("auc.low", DOUBLE),
          required("taxi out", INT64));

  private Rows() {}

  /** One flight whose values all tests know; everything that may be null is given. */
  static RowBatch flight() {
    return RowBatch.builder(FLIGHTS)
        .addRow(
            7L,
            "UA",
            "IAH",
            1400.0,
            11.0,
            149L,
            false,
            instant("2013-01-01T10:15:00Z"),
            instant("2013-01-01T13:19:00Z"),
            new double[] {0.5, 1.5, 2.5},
            new byte[] {1, 2},
            0.68,
            12L)
        .build();
  }

  /** The same flight with null wherever one may be. */
  static RowBatch flightWithNulls() {
    return RowBatch.builder(FLIGHTS)
        .addRow(
            7L,
            "UA",
            null,
            1400.0,
            null,
            null,
            null,
            instant("2013-01-01T10:15:00Z"),
            null,
            null,
            null,
            0.68,
            12L)
        .build();
  }

  /** Rows of one column {@code x}. */
  static RowBatch x(io.github.beamml.engine.row.ValueType type, @Nullable Object... values) {
    RowBatchBuilder builder = RowBatch.builder(RowSchema.of(nullable("x", type)));
    for (Object value : values) {
      builder.addRow(value);
    }
    return builder.build();
  }

  static long instant(String text) {
    return Timestamps.tryParse(text, null).getAsLong();
  }

  /** The value for the first row. */
  static @Nullable Object value(String text, RowBatch batch) {
    return Expression.parse("x", text)
        .compile(batch.schema())
        .evaluate(batch, RowErrors.fail())
        .value(0);
  }

  /** The value for {@link #flight}. */
  static @Nullable Object value(String text) {
    return value(text, flight());
  }

  /** The value for {@link #flightWithNulls}. */
  static @Nullable Object valueWithNulls(String text) {
    return value(text, flightWithNulls());
  }
}
