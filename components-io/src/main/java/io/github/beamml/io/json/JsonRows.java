package io.github.beamml.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.RecordValues;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads JSON objects as rows of a declared schema, strictly: nothing is guessed. A record is
 * refused, with a reason to count by, where it is
 *
 * <ul>
 *   <li>{@code empty}, {@code not_utf8}, {@code not_json} (cut off, several values, a repeated
 *       field, nested too deep) or {@code not_an_object};
 *   <li>{@code unknown_field}: has a field that the schema lacks;
 *   <li>{@code missing_value}: lacks a field, or has null, where the column is not optional;
 *   <li>{@code wrong_type}: text for a number, a number for text, a nested value;
 *   <li>{@code out_of_range}: an integer beyond 64 bits or with a fraction, a number beyond a
 *       double;
 *   <li>{@code wrong_time}: no ISO-8601 instant with zone, of microseconds at most;
 *   <li>{@code too_long}: text over {@value RecordValues#MAX_TEXT_BYTES} bytes; {@code
 *       lone_surrogate}.
 * </ul>
 *
 * <p>Timestamps are text such as {@code 2013-01-31T09:05:00-05:00}; bytes are base64. Whole numbers
 * are allowed for doubles. Not safe for use by several threads.
 */
public final class JsonRows {
  private static final int MAX_DEPTH = 100;

  private final RowSchema schema;
  private final boolean[] seen;
  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(4 * RecordValues.MAX_TEXT_BYTES)
                  .build())
          .build();

  public JsonRows(RowSchema schema) {
    this.schema = schema;
    this.seen = new boolean[schema.size()];
  }

  /**
   * Adds one record as a row.
   *
   * @throws RecordReject if the record cannot be one; the builder is as it was before
   */
  public void append(RowBatchBuilder builder, byte[] record) throws RecordReject {
    if (record.length == 0) {
      throw new RecordReject("empty", "the record is empty");
    }
    RecordValues.checkUtf8(record);
    Arrays.fill(seen, false);
    try (JsonParser parser = factory.createParser(record)) {
      readObject(builder, parser);
      if (parser.nextToken() != null) {
        throw new RecordReject("not_json", "there is more than one value");
      }
      checkPresent();
    } catch (RecordReject e) {
      builder.dropRow();
      throw e;
    } catch (StreamConstraintsException e) {
      builder.dropRow();
      throw constraint(e);
    } catch (IOException e) {
      builder.dropRow();
      throw new RecordReject("not_json", "not JSON: " + firstLine(e));
    }
    builder.endRow();
  }

  private static RecordReject constraint(StreamConstraintsException e) {
    String message = firstLine(e);
    return message.contains("String")
        ? RecordValues.tooLong("a text")
        : new RecordReject("not_json", "not JSON: " + message);
  }

  private static String firstLine(IOException e) {
    String message =
        e instanceof JsonProcessingException problem
            ? problem.getOriginalMessage()
            : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private void readObject(RowBatchBuilder builder, JsonParser parser)
      throws IOException, RecordReject {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      // Read on, so that what is no JSON at all is called that.
      if (parser.currentToken() != null) {
        parser.skipChildren();
      }
      throw new RecordReject("not_an_object", "the value is not an object");
    }
    RecordReject first = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      try {
        if (!schema.has(name)) {
          throw new RecordReject("unknown_field", "field " + name + " is not in the schema");
        }
        readValue(builder, parser, token, schema.position(name));
      } catch (RecordReject e) {
        // Go on to the end: a record that is no JSON at all is reported as that.
        first = first == null ? e : first;
      }
      parser.skipChildren();
    }
    if (first != null) {
      throw first;
    }
  }

  private void readValue(RowBatchBuilder builder, JsonParser parser, JsonToken token, int position)
      throws IOException, RecordReject {
    Field field = schema.field(position);
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    seen[position] = true;
    switch (field.type()) {
      case BOOLEAN -> {
        if (!token.isBoolean()) {
          throw wrongType(field, token);
        }
        builder.setLong(position, token == JsonToken.VALUE_TRUE ? 1 : 0);
      }
      case INT64 -> builder.setLong(position, integer(parser, token, field));
      case DOUBLE -> builder.setDouble(position, real(parser, token, field));
      case STRING -> builder.setString(position, text(parser, token, field));
      case BYTES ->
          builder.setBytes(position, RecordValues.bytes(text(parser, token, field), field));
      case TIMESTAMP -> builder.setLong(position, instant(parser, token, field));
      case DOUBLES -> builder.setDoubles(position, reals(parser, token, field));
    }
  }

  private static long integer(JsonParser parser, JsonToken token, Field field)
      throws IOException, RecordReject {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw RecordValues.outOfRange(field);
      }
      return parser.getLongValue();
    }
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrongType(field, token);
    }
    return RecordValues.wholeNumber(parser.getText(), field);
  }

  private static double real(JsonParser parser, JsonToken token, Field field)
      throws IOException, RecordReject {
    if (!token.isNumeric()) {
      throw wrongType(field, token);
    }
    return RecordValues.real(parser.getText(), field);
  }

  private static double[] reals(JsonParser parser, JsonToken token, Field field)
      throws IOException, RecordReject {
    if (token != JsonToken.START_ARRAY) {
      throw wrongType(field, token);
    }
    double[] values = new double[8];
    int count = 0;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY && next != null;
        next = parser.nextToken()) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = real(parser, next, field);
    }
    return Arrays.copyOf(values, count);
  }

  private static String text(JsonParser parser, JsonToken token, Field field)
      throws IOException, RecordReject {
    if (token != JsonToken.VALUE_STRING) {
      throw wrongType(field, token);
    }
    return RecordValues.text(parser.getText(), field);
  }

  private static long instant(JsonParser parser, JsonToken token, Field field)
      throws IOException, RecordReject {
    return RecordValues.instant(text(parser, token, field), field, null);
  }

  private void checkPresent() throws RecordReject {
    for (int i = 0; i < seen.length; i++) {
      Field field = schema.field(i);
      if (!seen[i] && !field.nullable()) {
        throw RecordValues.missing(field);
      }
    }
  }

  private static RecordReject wrongType(Field field, JsonToken token) {
    return new RecordReject(
        "wrong_type", field.name() + " is " + words(token) + ", not " + field.typeLabel());
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }
}
