package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;

/**
 * The text of an expression and what the user typed it for: says where in it something is wrong.
 *
 * @param key what the text was typed for, such as {@code label.is}
 */
record Source(String key, String text) {
  private static final int SHOWN_AROUND = 40;

  /**
   * @param position the character, counted from 1
   */
  InvalidInputException invalid(String problem, int position) {
    return InvalidInputException.because(key, problem + at(position));
  }

  /** {@code at position 9 of "carrier > 15"}, with a blank before. */
  String at(int position) {
    return " at position " + position + " of \"" + excerpt(position) + '"';
  }

  /** The text on one line, cut around the position where it is long. */
  private String excerpt(int position) {
    int at = text.offsetByCodePoints(0, Math.min(position - 1, text.codePointCount(0, length())));
    int from = at - SHOWN_AROUND < 10 ? 0 : wholeCharacter(at - SHOWN_AROUND);
    int until = at + SHOWN_AROUND > length() - 10 ? length() : wholeCharacter(at + SHOWN_AROUND);
    return (from > 0 ? "…" : "")
        + onOneLine(text.substring(from, until))
        + (until < length() ? "…" : "");
  }

  /** The whole text on one line. */
  String shown() {
    return onOneLine(text.strip());
  }

  private static String onOneLine(String part) {
    StringBuilder shown = new StringBuilder(part);
    for (int i = 0; i < shown.length(); i++) {
      if (Character.isISOControl(shown.charAt(i))) {
        shown.setCharAt(i, ' ');
      }
    }
    return shown.toString();
  }

  private int wholeCharacter(int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
  }

  private int length() {
    return text.length();
  }
}
