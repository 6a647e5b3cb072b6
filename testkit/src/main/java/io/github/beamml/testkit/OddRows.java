package io.github.beamml.testkit;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of some schema, made of the values on which arithmetic goes wrong; seeded. */
final class OddRows {
  private static final long HUGE_OFFSET = 1_000_000_000_000_000L;

  /** What the numbers of the rows may be. */
  enum Numbers {
    /** NaN, zeros of both signs, denormals, huge ones, huge ones that hardly differ. */
    FINITE,
    /** Those and both infinities. */
    INFINITE,
    /** Huge ones alone that hardly differ. */
    HUGE_OFFSETS
  }

  private final RowBatch examples;
  private final Numbers numbers;
  private final Random random;

  private OddRows(RowBatch examples, Numbers numbers, long seed) {
    this.examples = examples;
    this.numbers = numbers;
    this.random = new Random(seed);
  }

  /**
   * @param examples give the schema, and ordinary values among the odd ones
   */
  static RowBatch like(RowBatch examples, Numbers numbers, int rows, long seed) {
    OddRows odd = new OddRows(examples, numbers, seed);
    RowSchema schema = examples.schema();
    RowBatchBuilder builder = RowBatch.builder(schema);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < schema.size(); column++) {
        builder.set(column, odd.value(schema.field(column)));
      }
      builder.endRow();
    }
    return builder.build();
  }

  /** The same row again and again. */
  static RowBatch constant(RowBatch examples, int rows) {
    return examples.take(new int[rows]);
  }

  /** Rows of the same schema with null wherever it is allowed. */
  static RowBatch ofNulls(RowBatch examples, int rows) {
    RowBatchBuilder builder = RowBatch.builder(examples.schema());
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < examples.schema().size(); column++) {
        boolean nullable = examples.schema().field(column).nullable();
        builder.set(column, nullable ? null : examples.column(column).value(0));
      }
      builder.endRow();
    }
    return builder.build();
  }

  private @Nullable Object value(Field field) {
    if (field.nullable() && random.nextInt(6) == 0) {
      return null;
    }
    if (examples.size() > 0 && random.nextInt(4) == 0) {
      Object ordinary = examples.value(random.nextInt(examples.size()), field.name());
      if (ordinary != null && numbers != Numbers.HUGE_OFFSETS) {
        return ordinary;
      }
    }
    return switch (field.type()) {
      case BOOLEAN -> random.nextBoolean();
      case INT64 -> integer();
      case TIMESTAMP -> random.nextLong() >> 8;
      case DOUBLE -> number();
      case STRING -> text();
      case BYTES -> new byte[random.nextInt(4)];
      case DOUBLES -> new double[] {number(), number()};
    };
  }

  private long integer() {
    if (numbers == Numbers.HUGE_OFFSETS) {
      return HUGE_OFFSET + random.nextInt(9);
    }
    long[] odd = {0, 1, -1, 2, 3, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
    return odd[random.nextInt(odd.length)];
  }

  private double number() {
    double near = (double) HUGE_OFFSET + random.nextInt(9);
    double huge = (random.nextDouble() - 0.5) * 1e300;
    if (numbers == Numbers.HUGE_OFFSETS) {
      return near;
    }
    double[] odd = {Double.NaN, 0.0, -0.0, Double.MIN_VALUE, 1e-310, 1, 2, 0.1, near, huge};
    if (numbers == Numbers.INFINITE && random.nextInt(5) == 0) {
      return random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return odd[random.nextInt(odd.length)];
  }

  private String text() {
    String[] odd = {"", " ", "a", "A", "é", "\uD83D\uDE00", "\uFFFD", "two words", "null"};
    return odd[random.nextInt(odd.length)];
  }
}
