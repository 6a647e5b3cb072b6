package io.github.beamml.engine.expression;

import io.github.beamml.engine.expression.grammar.ExpressionGrammarBaseVisitor;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarLexer;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ArgumentsContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.CallContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ColumnContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ComparisonContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ConjunctionContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.DisjunctionContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ExpressionContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.GroupContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.IntegerContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ListContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.MemberContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.MethodContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.NegationContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.NotContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.PlainContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.PrefixContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.ProductContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.QuotedColumnContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.RealContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.StringContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.SumContext;
import io.github.beamml.engine.expression.grammar.ExpressionGrammarParser.WordContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads a text as {@link Syntax}; the grammar is {@code ExpressionGrammar.g4}. */
final class SyntaxReader extends ExpressionGrammarBaseVisitor<Syntax> {
  private final Source source;

  SyntaxReader(Source source) {
    this.source = source;
  }

  static Syntax read(Source source) {
    return new SyntaxReader(source).visit(parser(source).text().expression());
  }

  /** A parser that throws at the first error, in our words. */
  static ExpressionGrammarParser parser(Source source) {
    SyntaxErrors errors = new SyntaxErrors(source);
    ExpressionGrammarLexer lexer = lexer(source.text());
    lexer.addErrorListener(errors);
    ExpressionGrammarParser parser = new ShallowParser(new CommonTokenStream(lexer), source);
    parser.removeErrorListeners();
    parser.addErrorListener(errors);
    return parser;
  }

  private static ExpressionGrammarLexer lexer(String text) {
    ExpressionGrammarLexer lexer = new ExpressionGrammarLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    return lexer;
  }

  /** The names, literals and signs of a text, without the spaces between them. */
  static List<String> words(String text) {
    return lexer(text).getAllTokens().stream().map(Token::getText).toList();
  }

  static int position(Token token) {
    return token.getStartIndex() + 1;
  }

  @Override
  public Syntax visitExpression(ExpressionContext context) {
    Syntax condition = visit(context.disjunction(0));
    Token mark = context.mark;
    return mark == null
        ? condition
        : new Syntax.Conditional(
            position(mark), condition, visit(context.disjunction(1)), visit(context.expression()));
  }

  @Override
  public Syntax visitDisjunction(DisjunctionContext context) {
    return junction(context.conjunction(), context.operator);
  }

  @Override
  public Syntax visitConjunction(ConjunctionContext context) {
    return junction(context.comparison(), context.operator);
  }

  private Syntax junction(List<? extends ParserRuleContext> operands, List<Token> operators) {
    if (operators.isEmpty()) {
      return visit(operands.get(0));
    }
    Token first = operators.get(0);
    return new Syntax.Junction(
        position(first), first.getText(), operands.stream().map(this::visit).toList());
  }

  @Override
  public Syntax visitComparison(ComparisonContext context) {
    if (context.operator.isEmpty()) {
      return visit(context.sum(0));
    }
    if (context.operator.size() > 1) {
      Token second = context.operator.get(1);
      throw source.invalid(
          "comparisons do not chain (write a < b && b < c): unexpected " + second.getText(),
          position(second));
    }
    Token operator = context.operator.get(0);
    Syntax left = visit(context.sum(0));
    if (operator.getType() == ExpressionGrammarLexer.IN) {
      return new Syntax.Membership(position(operator), left, elements(context.sum(1), operator));
    }
    return new Syntax.Comparison(
        position(operator), operator.getText(), left, visit(context.sum(1)));
  }

  /** The elements of a list: what stands right of {@code in}, and may stand nowhere else. */
  private List<Syntax> elements(SumContext sum, Token in) {
    if (innermost(sum) instanceof ListContext list && list.arguments() != null) {
      return list(list.arguments());
    }
    throw source.invalid("in needs a list of values, such as ['UA', 'AA']", position(in));
  }

  /** What stands alone in a context: a list, a group in brackets, a name. */
  static ParserRuleContext innermost(ParserRuleContext context) {
    ParserRuleContext inner = context;
    while (inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext only) {
      inner = only;
    }
    return inner;
  }

  @Override
  public Syntax visitList(ListContext context) {
    throw source.invalid("a list may stand only after in", position(context.getStart()));
  }

  @Override
  public Syntax visitSum(SumContext context) {
    return chain(context.product(), context.operator);
  }

  @Override
  public Syntax visitProduct(ProductContext context) {
    return chain(context.prefix(), context.operator);
  }

  private Syntax chain(List<? extends ParserRuleContext> operands, List<Token> operators) {
    Syntax first = visit(operands.get(0));
    if (operators.isEmpty()) {
      return first;
    }
    List<Syntax.Link> links = new ArrayList<>(operators.size());
    for (int i = 0; i < operators.size(); i++) {
      Token operator = operators.get(i);
      links.add(
          new Syntax.Link(position(operator), operator.getText(), visit(operands.get(i + 1))));
    }
    return new Syntax.Chain(first, links);
  }

  @Override
  public Syntax visitNot(NotContext context) {
    return new Syntax.Prefix(position(context.operator), "!", visit(context.prefix()));
  }

  @Override
  public Syntax visitNegation(NegationContext context) {
    int position = position(context.operator);
    TerminalNode digits = integer(context.prefix());
    return digits == null
        ? new Syntax.Prefix(position, "-", visit(context.prefix()))
        : wholeNumber(position, "-" + digits.getText());
  }

  /** The digits if the operand is a plain integer: -9223372036854775808 is one literal. */
  private static @Nullable TerminalNode integer(PrefixContext prefix) {
    return prefix instanceof PlainContext plain
            && plain.member().method().isEmpty()
            && plain.member().primary() instanceof IntegerContext integer
        ? integer.INTEGER()
        : null;
  }

  @Override
  public Syntax visitPlain(PlainContext context) {
    return visit(context.member());
  }

  @Override
  public Syntax visitMember(MemberContext context) {
    Syntax value = visit(context.primary());
    for (MethodContext method : context.method()) {
      List<Syntax> arguments = new ArrayList<>(List.of(value));
      arguments.addAll(list(method.arguments()));
      Token name = method.NAME().getSymbol();
      value = new Syntax.Call(position(name), name.getText(), List.copyOf(arguments));
    }
    return value;
  }

  /** {@code size(carrier)}, or {@code carrier.size()} whose first argument stands before it. */
  @Override
  public Syntax visitCall(CallContext context) {
    Token token = context.NAME().getSymbol();
    String name = token.getText();
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return new Syntax.Call(position(token), name, list(context.arguments()));
    }
    String receiver = name.substring(0, dot);
    List<Syntax> arguments = new ArrayList<>();
    arguments.add(new Syntax.Name(position(token), receiver));
    arguments.addAll(list(context.arguments()));
    int position = position(token) + receiver.codePointCount(0, dot) + 1;
    return new Syntax.Call(position, name.substring(dot + 1), List.copyOf(arguments));
  }

  private List<Syntax> list(@Nullable ArgumentsContext arguments) {
    return arguments == null
        ? List.of()
        : arguments.expression().stream().map(this::visit).toList();
  }

  @Override
  public Syntax visitColumn(ColumnContext context) {
    Token name = context.NAME().getSymbol();
    return new Syntax.Name(position(name), name.getText());
  }

  @Override
  public Syntax visitQuotedColumn(QuotedColumnContext context) {
    Token name = context.QUOTED_NAME().getSymbol();
    String quoted = name.getText();
    return new Syntax.Name(position(name), quoted.substring(1, quoted.length() - 1));
  }

  @Override
  public Syntax visitInteger(IntegerContext context) {
    return wholeNumber(position(context.getStart()), context.getText());
  }

  private Syntax wholeNumber(int position, String digits) {
    try {
      return new Syntax.Literal(position, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      throw source.invalid(digits + " is too large for int64 (write " + digits + ".0)", position);
    }
  }

  @Override
  public Syntax visitReal(RealContext context) {
    double value = Double.parseDouble(context.getText());
    if (Double.isInfinite(value)) {
      throw source.invalid(
          context.getText() + " is too large for double", position(context.getStart()));
    }
    return new Syntax.Literal(position(context.getStart()), value);
  }

  @Override
  public Syntax visitString(StringContext context) {
    Token token = context.STRING().getSymbol();
    return new Syntax.Literal(
        position(token), Quoted.unquote(source, token.getText(), position(token)));
  }

  @Override
  public Syntax visitWord(WordContext context) {
    Object value =
        switch (context.value.getType()) {
          case ExpressionGrammarLexer.TRUE -> true;
          case ExpressionGrammarLexer.FALSE -> false;
          default -> null;
        };
    return new Syntax.Literal(position(context.value), value);
  }

  @Override
  public Syntax visitGroup(GroupContext context) {
    return visit(context.expression());
  }
}
