package io.github.beamml.engine.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * JSON whose bytes are the same everywhere: RFC 8785 (JSON Canonicalization Scheme).
 *
 * <p>RFC 8785 knows only doubles, so this class refuses what they cannot hold. A 64-bit integer is
 * written as a decimal string ({@link #int64}); a double that may be NaN, infinite or -0.0 as 16
 * hexadecimal digits of its bits ({@link #float64}); object keys are ASCII, so that their order is
 * the same in UTF-8 and UTF-16.
 */
public final class CanonicalJson {
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private CanonicalJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The decimal text that stands for a 64-bit integer. */
  public static String int64(long value) {
    return Long.toString(value);
  }

  /** The 16 hexadecimal digits that stand for a double; every NaN is the one canonical NaN. */
  public static String float64(double value) {
    return Hex.of(Double.doubleToLongBits(value));
  }

  /**
   * Reads what {@link #float64} wrote.
   *
   * @throws IllegalArgumentException if the text is not 16 hexadecimal digits
   */
  public static double parseFloat64(String text) {
    if (text.length() != 16) {
      throw new IllegalArgumentException("not 16 hexadecimal digits: " + text);
    }
    return Double.longBitsToDouble(Hex.parseLong(text));
  }

  /**
   * The canonical UTF-8 bytes of an object or array.
   *
   * @throws IllegalArgumentException if a number is not exactly a finite double, is -0.0, or a key
   *     is not ASCII
   */
  public static byte[] bytes(JsonNode node) {
    check(node);
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsBytes(node)).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The canonical text of an object or array. */
  public static String text(JsonNode node) {
    return new String(bytes(node), StandardCharsets.UTF_8);
  }

  /**
   * Parses JSON strictly: no duplicate keys, nothing behind the value.
   *
   * @param name what is being read, for the message
   * @throws CannotException if the bytes are not JSON
   */
  public static JsonNode parse(String name, byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw CannotException.to("read " + name, "not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #parse(String, byte[])}, for text. */
  public static JsonNode parse(String name, String text) {
    return parse(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(JsonNode node) {
    if (node.isObject()) {
      node.fieldNames().forEachRemaining(CanonicalJson::checkKey);
    } else if (node.isNumber()) {
      checkNumber(node);
    }
    for (JsonNode child : node) {
      check(child);
    }
  }

  private static void checkKey(String key) {
    if (!key.chars().allMatch(c -> c < 0x80)) {
      throw new IllegalArgumentException("a key of canonical JSON must be ASCII: " + key);
    }
  }

  private static void checkNumber(JsonNode node) {
    if (node.isIntegralNumber()) {
      if (!node.canConvertToLong()
          || node.longValue() > MAX_SAFE_INTEGER
          || node.longValue() < -MAX_SAFE_INTEGER) {
        throw new IllegalArgumentException("write large integers as decimal strings: " + node);
      }
    } else {
      double value = node.doubleValue();
      boolean negativeZero = value == 0 && 1 / value < 0;
      if (Double.isNaN(value) || Double.isInfinite(value) || negativeZero) {
        throw new IllegalArgumentException("write special doubles as hexadecimal digits: " + node);
      }
    }
  }
}
