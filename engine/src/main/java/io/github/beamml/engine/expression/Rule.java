package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.GateContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.GroupContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.SumContext;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of two numeric expressions over figures, the columns of a row: {@code left [by
 * slice] compare right [where condition]}, such as {@code auc.low by carrier >= 0.60 where rows >=
 * 500}. With a slice every part of the rows has a row of figures, and those are looked at of which
 * the condition is true.
 *
 * @param text as the user typed it, on one line
 * @param by the column or expression that makes the slices, without brackets around it
 * @param compare one of {@code >= > <= <}
 * @param where only with {@code by}
 */
public record Rule(
    String text, Part left, Optional<String> by, String compare, Part right, Optional<Part> where) {
  private static final List<String> COMPARES = List.of(">=", ">", "<=", "<");
  private static final String FIGURE = "a figure";

  /**
   * One of the expressions.
   *
   * @param columns the figures that it reads, each once, in the order of the text
   * @param expression a double, or a boolean behind {@code where}
   */
  public record Part(String text, List<String> columns, CompiledExpression expression) {
    public Part {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param key what the text was typed for, such as {@code model-testing.gate[0]}
   * @param figures by name
   * @throws InvalidInputException naming key and position if the text is no rule over the figures
   */
  public static Rule parse(String key, String text, RowSchema figures) {
    Source source = new Source(key, text);
    GateContext gate = SyntaxReader.parser(source).gate();
    checkWords(source, gate);
    return new Rule(
        source.shown(),
        number(source, gate.left, figures),
        Optional.ofNullable(gate.slice).map(slice -> sliceText(source, slice)),
        gate.operator.getText(),
        number(source, gate.right, figures),
        Optional.ofNullable(gate.condition)
            .map(condition -> condition(source, condition, figures)));
  }

  private static void checkWords(Source source, GateContext gate) {
    checkWord(source, gate.by, "by");
    if (!COMPARES.contains(gate.operator.getText())) {
      throw source.invalid(
          "a gate compares with >=, >, <= or <, not " + gate.operator.getText(),
          SyntaxReader.position(gate.operator));
    }
    if (gate.where != null && gate.where.getText().equals("by")) {
      throw source.invalid(
          "by must stand before the comparison", SyntaxReader.position(gate.where));
    }
    checkWord(source, gate.where, "where");
    if (gate.where != null && gate.by == null) {
      throw source.invalid(
          "where chooses among slices, and there is no by", SyntaxReader.position(gate.where));
    }
  }

  private static void checkWord(Source source, @Nullable Token found, String word) {
    if (found != null && !found.getText().equals(word)) {
      String problem = SyntaxErrors.problem(found);
      String hint =
          problem.endsWith(")") ? "" : Suggestions.didYouMean(found.getText(), List.of(word));
      throw source.invalid(problem + hint, SyntaxReader.position(found));
    }
  }

  private static String sliceText(Source source, SumContext slice) {
    ParserRuleContext inner = SyntaxReader.innermost(slice);
    return textOf(source, inner instanceof GroupContext group ? group.expression() : slice);
  }

  private static Part number(Source source, ParserRuleContext context, RowSchema figures) {
    Typing typing = new Typing(source, figures, null, FIGURE);
    Syntax syntax = new SyntaxReader(source).visit(context);
    Typed typed = syntax.accept(typing);
    if (!typed.isNumber()) {
      throw source.invalid(
          "a gate compares numbers, not " + typed.label(), SyntaxReader.position(context.start));
    }
    Typed real = typing.as(ValueType.DOUBLE, typed).folded(source);
    return part(source, context, syntax, new CompiledExpression(source, figures, real));
  }

  private static Part condition(Source source, ParserRuleContext context, RowSchema figures) {
    Syntax syntax = new SyntaxReader(source).visit(context);
    Typed typed = syntax.accept(new Typing(source, figures, null, FIGURE));
    if (!typed.is(ValueType.BOOLEAN)) {
      throw source.invalid(
          "where takes a boolean, not " + typed.label(), SyntaxReader.position(context.start));
    }
    return part(source, context, syntax, new CompiledExpression(source, figures, typed));
  }

  private static Part part(
      Source source, ParserRuleContext context, Syntax syntax, CompiledExpression expression) {
    Set<String> columns = new LinkedHashSet<>();
    syntax.addColumns(columns);
    return new Part(textOf(source, context), List.copyOf(columns), expression);
  }

  private static String textOf(Source source, ParserRuleContext context) {
    String text = source.text();
    int from = text.offsetByCodePoints(0, context.start.getStartIndex());
    int until = text.offsetByCodePoints(0, context.stop.getStopIndex() + 1);
    return new Source(source.key(), text.substring(from, until)).shown();
  }

  @Override
  public String toString() {
    return text;
  }
}
