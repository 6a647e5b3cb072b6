package io.github.beamml.engine.row;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** UTF-8 order and validity of strings. */
public final class Utf8 {
  /**
   * The order of the UTF-8 bytes, which is the order of the code points. It differs from {@link
   * String#compareTo} where surrogates meet U+E000 to U+FFFF.
   */
  public static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether every surrogate has its partner, so that UTF-8 can hold the text. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        return Integer.compare(rank(left), rank(right));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Moves the surrogates, which stand for the highest code points, above all other units. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
