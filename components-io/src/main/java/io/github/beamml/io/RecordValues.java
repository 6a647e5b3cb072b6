package io.github.beamml.io;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.time.Timestamps;
import io.github.beamml.engine.time.ZoneRules;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Texts in records to values, strictly: what every format has in common. */
public final class RecordValues {
  /** The longest text that a record may hold. */
  public static final int MAX_TEXT_BYTES = 65_536;

  private static final int MAX_DIGITS = 1000;

  private RecordValues() {}

  /**
   * The whole 64-bit number that decimal digits stand for; 1.0 and 1e3 are whole.
   *
   * @param digits a decimal number, perhaps with a fraction and an exponent
   */
  public static long wholeNumber(String digits, Field field) throws RecordReject {
    BigDecimal number;
    try {
      // Stripped first: 1e-999999999 would otherwise be written out.
      number = new BigDecimal(checkDigits(digits, field)).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw outOfRange(field);
    }
    if (number.scale() > 0) {
      throw new RecordReject("out_of_range", field.name() + " is not a whole 64-bit number");
    }
    if (number.precision() - (long) number.scale() > 19) {
      throw outOfRange(field);
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw outOfRange(field);
    }
  }

  /** The double nearest to decimal digits. */
  public static double real(String digits, Field field) throws RecordReject {
    double value = Double.parseDouble(checkDigits(digits, field));
    if (Double.isInfinite(value)) {
      throw outOfRange(field);
    }
    return value;
  }

  private static String checkDigits(String digits, Field field) throws RecordReject {
    if (digits.length() > MAX_DIGITS) {
      throw outOfRange(field);
    }
    return digits;
  }

  /** The text itself, if it is not too long and has no half characters. */
  public static String text(String text, Field field) throws RecordReject {
    if (text.length() > MAX_TEXT_BYTES || Utf8.bytes(text).length > MAX_TEXT_BYTES) {
      throw tooLong(field.name());
    }
    if (!Utf8.isWellFormed(text)) {
      throw new RecordReject("lone_surrogate", field.name() + " has half a character");
    }
    return text;
  }

  /**
   * Microseconds of an ISO-8601 text.
   *
   * @param zone of texts without one; without it they are refused
   */
  public static long instant(String text, Field field, @Nullable ZoneRules zone)
      throws RecordReject {
    OptionalLong micros = Timestamps.tryParse(text, zone);
    if (micros.isEmpty()) {
      throw new RecordReject(
          "wrong_time",
          field.name()
              + " is not an ISO-8601 instant"
              + (zone == null ? " with zone" : "")
              + ", of microseconds at most");
    }
    return micros.getAsLong();
  }

  /** Refuses bytes that are not UTF-8. */
  public static void checkUtf8(byte[] record) throws RecordReject {
    int at = 0;
    while (at < record.length && record[at] >= 0) {
      at++;
    }
    if (at < record.length) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, at, record.length - at));
      } catch (CharacterCodingException e) {
        throw new RecordReject("not_utf8", "the bytes are not UTF-8");
      }
    }
  }

  /** The bytes of a base64 text. */
  public static byte[] bytes(String text, Field field) throws RecordReject {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RecordReject("wrong_type", field.name() + " is not base64");
    }
  }

  public static RecordReject outOfRange(Field field) {
    return new RecordReject("out_of_range", field.name() + " is out of range");
  }

  public static RecordReject tooLong(String what) {
    return new RecordReject("too_long", what + " has more than " + MAX_TEXT_BYTES + " bytes");
  }

  public static RecordReject missing(Field field) {
    return new RecordReject("missing_value", field.name() + " is missing or null");
  }
}
