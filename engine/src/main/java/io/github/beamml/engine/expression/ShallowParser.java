package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/**
 * Refuses deep nesting before the stack overflows. Brackets, prefixes and the branches of {@code
 * ?:} are what nests; chains of operators do not.
 */
final class ShallowParser extends ExpressionGrammarParser {
  private static final int MAX_BRACKETS = 100;

  /** Methods of what is no plain column: each puts all before it one level deeper. */
  private static final int MAX_METHODS = 100;

  /** A bracket nests two rules; the text itself is within two. */
  private static final int MAX_DEPTH = 2 * MAX_BRACKETS + 2;

  private final Source source;
  private int depth;
  private int methods;

  ShallowParser(TokenStream tokens, Source source) {
    super(tokens);
    this.source = source;
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    super.enterRule(context, state, rule);
    if (nests(rule) && ++depth > MAX_DEPTH) {
      throw tooDeep(MAX_BRACKETS + " brackets");
    }
    if (rule == RULE_method && ++methods > MAX_METHODS) {
      throw tooDeep(MAX_METHODS + " methods");
    }
  }

  private InvalidInputException tooDeep(String limit) {
    return source.invalid(
        "nested too deeply (at most " + limit + ")", SyntaxReader.position(getCurrentToken()));
  }

  @Override
  public void exitRule() {
    if (nests(getContext().getRuleIndex())) {
      depth--;
    }
    super.exitRule();
  }

  private static boolean nests(int rule) {
    return rule == RULE_expression || rule == RULE_prefix;
  }
}
