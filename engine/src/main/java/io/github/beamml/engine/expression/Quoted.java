package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Utf8;
import java.util.regex.Pattern;

/** The text that a string literal stands for. */
final class Quoted {
  private static final Pattern HEX_DIGITS = Pattern.compile("[0-9a-fA-F]+");

  private Quoted() {}

  /**
   * @param literal with its quotes
   * @param position where it starts, for messages
   */
  static String unquote(Source source, String literal, int position) {
    StringBuilder text = new StringBuilder(literal.length());
    int i = 1;
    while (i < literal.length() - 1) {
      char c = literal.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = literal.charAt(i++);
      int digits = escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      int at = position + literal.codePointCount(0, i - 2);
      text.append(
          digits == 0
              ? simple(source, escape, at)
              : Character.toString(codePoint(source, literal, i, digits, at)));
      i += digits;
    }
    String unquoted = text.toString();
    if (!Utf8.isWellFormed(unquoted)) {
      throw source.invalid("text with a lone surrogate", position);
    }
    return unquoted;
  }

  private static String simple(Source source, char escape, int position) {
    return switch (escape) {
      case '\\', '\'', '"', '`' -> Character.toString(escape);
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default ->
          throw source.invalid(
              "unknown escape \\" + escape + " (known are \\\\ \\' \\\" \\` \\n \\r \\t \\u \\U)",
              position);
    };
  }

  private static int codePoint(Source source, String literal, int from, int digits, int position) {
    int until = from + digits;
    if (until <= literal.length() - 1) {
      String hex = literal.substring(from, until);
      if (HEX_DIGITS.matcher(hex).matches()) {
        long codePoint = Long.parseLong(hex, 16);
        if (codePoint <= Character.MAX_CODE_POINT) {
          return (int) codePoint;
        }
      }
    }
    throw source.invalid(
        "an escape that is not " + digits + " hexadecimal digits of a character", position);
  }
}
