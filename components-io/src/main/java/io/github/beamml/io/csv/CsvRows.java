package io.github.beamml.io.csv;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.RecordValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns the records of one CSV file into rows of a declared schema, strictly. */
final class CsvRows {
  private final RowSchema schema;
  private final CsvFormat format;
  private final @Nullable ZoneRules zone;

  /** For each column of the file its position in the schema, or -1. */
  private final int[] positions;

  private CsvRows(RowSchema schema, CsvFormat format, int[] positions) {
    this.schema = schema;
    this.format = format;
    this.zone = format.zone();
    this.positions = positions;
  }

  /** The columns are those of the schema, in its order. */
  static CsvRows inOrder(RowSchema schema, CsvFormat format) {
    return new CsvRows(schema, format, IntStream.range(0, schema.size()).toArray());
  }

  /**
   * The columns are those of a header.
   *
   * @throws CannotException if the header names a column twice or one that the schema lacks, or
   *     lacks one that may not be null
   */
  static CsvRows ofHeader(RowSchema schema, CsvFormat format, String file, List<String> header) {
    List<Integer> found = new ArrayList<>();
    for (String name : header) {
      if (schema.has(name)) {
        int position = schema.position(name);
        if (found.contains(position)) {
          throw CannotException.to("read " + file, "its header has column " + name + " twice");
        }
        found.add(position);
      } else if (format.ignoresOtherColumns()) {
        found.add(-1);
      } else {
        throw CannotException.to(
            "read " + file,
            "its header has column "
                + name
                + ", which the schema lacks"
                + Suggestions.didYouMean(name, schema.names()));
      }
    }
    for (int i = 0; i < schema.size(); i++) {
      if (!found.contains(i) && !schema.field(i).nullable()) {
        throw CannotException.to(
            "read " + file,
            "its header lacks column "
                + schema.field(i).name()
                + Suggestions.didYouMean(schema.field(i).name(), header));
      }
    }
    return new CsvRows(schema, format, found.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Adds one record as a row.
   *
   * @throws RecordReject if the record cannot be one; the builder is as it was before
   */
  void append(RowBatchBuilder builder, List<CsvRecords.Value> values) throws RecordReject {
    if (values.size() == 1 && positions.length > 1 && values.get(0).text().isEmpty()) {
      throw new RecordReject("empty", "the record is empty");
    }
    if (values.size() != positions.length) {
      throw new RecordReject(
          "wrong_width", "the record has " + values.size() + " values, not " + positions.length);
    }
    try {
      for (int i = 0; i < positions.length; i++) {
        if (positions[i] >= 0) {
          set(builder, positions[i], values.get(i));
        }
      }
    } catch (RecordReject e) {
      builder.dropRow();
      throw e;
    }
    builder.endRow();
  }

  private void set(RowBatchBuilder builder, int position, CsvRecords.Value value)
      throws RecordReject {
    Field field = schema.field(position);
    String text = value.text();
    if (!value.isQuoted() && format.isNull(text)) {
      if (!field.nullable()) {
        throw RecordValues.missing(field);
      }
      return;
    }
    switch (field.type()) {
      case BOOLEAN -> builder.setLong(position, flag(text, field));
      case INT64 -> builder.setLong(position, integer(text, field));
      case DOUBLE -> builder.setDouble(position, real(text, field));
      case STRING -> builder.setString(position, RecordValues.text(text, field));
      case BYTES -> builder.setBytes(position, RecordValues.bytes(text, field));
      case TIMESTAMP -> builder.setLong(position, RecordValues.instant(text, field, zone));
      case DOUBLES -> throw new IllegalStateException(field.toString());
    }
  }

  private static long flag(String text, Field field) throws RecordReject {
    return switch (text) {
      case "true", "True", "TRUE" -> 1;
      case "false", "False", "FALSE" -> 0;
      default -> throw wrongType(field);
    };
  }

  private static long integer(String text, Field field) throws RecordReject {
    if (isShortInteger(text)) {
      return Long.parseLong(text);
    }
    real(text, field);
    return RecordValues.wholeNumber(text, field);
  }

  private static boolean isShortInteger(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int length = text.length();
    boolean isInteger = length > start && length < 18;
    for (int i = start; i < length && isInteger; i++) {
      isInteger = isDigit(text.charAt(i));
    }
    return isInteger;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Only decimal digits: Java's own grammar also has NaN, hexadecimal and suffixes. */
  private static double real(String text, Field field) throws RecordReject {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && "+-.eE".indexOf(c) < 0) {
        throw wrongType(field);
      }
    }
    try {
      return RecordValues.real(text, field);
    } catch (NumberFormatException e) {
      throw wrongType(field);
    }
  }

  private static RecordReject wrongType(Field field) {
    return new RecordReject("wrong_type", field.name() + " is no " + field.type().label());
  }
}
