package io.github.beamml.engine.expression;

import io.github.beamml.engine.expression.grammar.ExpressionGrammarLexer;
import java.util.Map;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/** Turns the parser's first complaint into our words, with what the user may have meant. */
final class SyntaxErrors extends BaseErrorListener {
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("=", "=="),
          Map.entry("&", "&&"),
          Map.entry("|", "||"),
          Map.entry("and", "&&"),
          Map.entry("AND", "&&"),
          Map.entry("or", "||"),
          Map.entry("OR", "||"),
          Map.entry("is", "=="),
          Map.entry("IS", "=="),
          Map.entry("IN", "in"));

  private final Source source;

  SyntaxErrors(Source source) {
    this.source = source;
  }

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      @Nullable Object symbol,
      int line,
      int column,
      String message,
      @Nullable RecognitionException exception) {
    if (!(symbol instanceof Token token)) {
      throw source.invalid(message, column + 1);
    }
    throw source.invalid(problem(token), SyntaxReader.position(token));
  }

  static String problem(Token token) {
    return switch (token.getType()) {
      case Token.EOF -> "unexpected end";
      case ExpressionGrammarLexer.UNCLOSED_STRING -> "text without its closing quote";
      default -> {
        String meant = isTurnedComparison(token) ? ">=" : MEANT.get(token.getText());
        yield "unexpected "
            + token.getText()
            + (meant == null ? "" : " (did you mean " + meant + "?)");
      }
    };
  }

  /** Whether the user wrote {@code =>}. */
  private static boolean isTurnedComparison(Token token) {
    CharStream text = token.getInputStream();
    int next = token.getStopIndex() + 1;
    return token.getText().equals("=")
        && next < text.size()
        && text.getText(Interval.of(next, next)).equals(">");
  }
}
