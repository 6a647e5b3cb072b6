package io.github.beamml.workflow.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Well-formed markup: every element is closed, every text and attribute escaped. */
final class Markup {
  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes name, value, name, value, ...
   */
  Markup open(String element, String... attributes) {
    start(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** Closes the innermost element. */
  Markup close() {
    out.append("</").append(open.pop()).append(">");
    if (open.size() < 6) {
      out.append('\n');
    }
    return this;
  }

  /** An element without content. */
  Markup empty(String element, String... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds a text. */
  Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /** The page's own style sheet, which has nothing to escape. */
  Markup style(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("a style sheet with markup");
    }
    out.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  /** The page; all elements must be closed. */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }

  private void start(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isShown(c) ? c : 0xFFFD);
              }
            });
  }

  /** Control characters and lone surrogates are no text. */
  private static boolean isShown(int c) {
    boolean control = c < 0x20 && c != '\t' && c != '\n';
    return !control && c != 0x7F && !(c >= 0xD800 && c <= 0xDFFF) && c < 0xFFFE || c > 0xFFFF;
  }
}
