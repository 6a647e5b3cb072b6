package io.github.beamml.engine.hash;

import java.util.HexFormat;

/** Lower-case hexadecimal text. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  public static String of(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /** Sixteen digits, most significant first. */
  public static String of(long value) {
    return FORMAT.toHexDigits(value);
  }

  /**
   * @throws IllegalArgumentException if the text is not an even number of hexadecimal digits
   */
  public static byte[] parse(String text) {
    return FORMAT.parseHex(text);
  }

  /**
   * @throws IllegalArgumentException if the text is not at most sixteen hexadecimal digits
   */
  public static long parseLong(String text) {
    return HexFormat.fromHexDigitsToLong(text);
  }
}
