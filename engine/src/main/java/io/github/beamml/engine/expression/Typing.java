package io.github.beamml.engine.expression;

import static io.github.beamml.engine.row.ValueType.BOOLEAN;
import static io.github.beamml.engine.row.ValueType.BYTES;
import static io.github.beamml.engine.row.ValueType.DOUBLE;
import static io.github.beamml.engine.row.ValueType.DOUBLES;
import static io.github.beamml.engine.row.ValueType.INT64;
import static io.github.beamml.engine.row.ValueType.STRING;
import static io.github.beamml.engine.row.ValueType.TIMESTAMP;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives every part of an expression its type over a schema, and the kernel that computes it. */
final class Typing {
  private final Source source;
  private final RowSchema schema;
  private final @Nullable ZoneRules zone;
  private final String nameKind;

  /**
   * @param nameKind what names must be, such as {@code a column of the input}
   */
  Typing(Source source, RowSchema schema, @Nullable ZoneRules zone, String nameKind) {
    this.source = source;
    this.schema = schema;
    this.zone = zone;
    this.nameKind = nameKind;
  }

  Source source() {
    return source;
  }

  /** Where times are local unless a zone is given. */
  @Nullable ZoneRules zone() {
    return zone;
  }

  InvalidInputException invalid(String problem, int position) {
    return source.invalid(problem, position);
  }

  InvalidInputException wrongArguments(Syntax.Call call, String takes, List<Typed> found) {
    String labels = found.stream().map(Typed::label).collect(Collectors.joining(", ", "(", ")"));
    return invalid(call.function() + " takes " + takes + ", not " + labels, call.position());
  }

  Typed literal(Syntax.Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return Typed.nullLiteral();
    }
    ValueType type =
        value instanceof Long
            ? INT64
            : value instanceof Double ? DOUBLE : value instanceof String ? STRING : BOOLEAN;
    return Typed.constant(type, value);
  }

  Typed name(Syntax.Name name) {
    if (!schema.has(name.name())) {
      throw invalid(
          name.name() + " is not " + nameKind + Suggestions.didYouMean(name.name(), schema.names()),
          name.position());
    }
    int position = schema.position(name.name());
    return Typed.column(position, schema.field(position));
  }

  Typed chain(Syntax.Chain chain) {
    Typed result = chain.first().accept(this);
    for (Syntax.Link link : chain.links()) {
      result = Operators.binary(this, link, result, link.operand().accept(this));
    }
    return result;
  }

  Typed junction(Syntax.Junction junction) {
    List<Typed> operands = new ArrayList<>();
    for (Syntax syntax : junction.operands()) {
      Typed operand = syntax.accept(this);
      if (!operand.is(BOOLEAN)) {
        throw invalid(
            junction.operator() + " takes booleans, not " + operand.label(), syntax.position());
      }
      operands.add(operand);
    }
    boolean decisive = junction.operator().equals("||");
    boolean isNullable = operands.stream().anyMatch(Typed::isNullable);
    boolean isConstant = operands.stream().allMatch(Typed::isConstant);
    return new Typed(BOOLEAN, isNullable, isConstant, Decisions.junction(operands, decisive))
        .folded(source);
  }

  Typed comparison(Syntax.Comparison comparison) {
    Typed left = comparison.left().accept(this);
    Typed right = comparison.right().accept(this);
    Ordering ordering = Ordering.of(comparison.operator());
    boolean isEquality = ordering == Ordering.EQUAL || ordering == Ordering.NOT_EQUAL;
    if (isEquality && left.isNullLiteral() != right.isNullLiteral()) {
      return isNull(left.isNullLiteral() ? right : left, ordering == Ordering.EQUAL);
    }
    return compared(ordering, left, right, comparison.position());
  }

  private Typed compared(Ordering ordering, Typed left, Typed right, int position) {
    ValueType type = comparableType(left, right, position);
    List<Typed> operands = List.of(as(type, left), as(type, right));
    return OperationKernel.typed(source, position, BOOLEAN, ordering.operation(type), operands);
  }

  /** The type as which two values are compared. */
  private ValueType comparableType(Typed left, Typed right, int position) {
    ValueType type = commonType(List.of(left, right));
    boolean hasNull = left.isNullLiteral() || right.isNullLiteral();
    if (type == null || hasNull || type == BYTES || type == DOUBLES) {
      throw invalid(
          "cannot compare " + left.label() + " with " + right.label() + hint(left, right),
          position);
    }
    return type;
  }

  private static String hint(Typed left, Typed right) {
    boolean isTimeWithText =
        left.is(TIMESTAMP) && right.is(STRING) || left.is(STRING) && right.is(TIMESTAMP);
    return isTimeWithText ? " (write timestamp('2013-01-31T14:05:00Z'))" : "";
  }

  Typed membership(Syntax.Membership membership) {
    Typed value = membership.value().accept(this);
    List<Typed> elements = new ArrayList<>();
    for (Syntax syntax : membership.elements()) {
      Typed element = syntax.accept(this);
      comparableType(value, element, syntax.position());
      elements.add(element);
    }
    boolean isReal = value.is(DOUBLE) || elements.stream().anyMatch(element -> element.is(DOUBLE));
    ValueType type = isReal ? DOUBLE : comparableType(value, value, membership.position());
    List<Typed> candidates = elements.stream().map(element -> as(type, element)).toList();
    if (candidates.stream().allMatch(Typed::isConstant)) {
      Operation operation = Membership.of(type, candidates);
      List<Typed> operand = List.of(as(type, value));
      return OperationKernel.typed(source, membership.position(), BOOLEAN, operation, operand);
    }
    List<Typed> equalities =
        candidates.stream()
            .map(candidate -> compared(Ordering.EQUAL, value, candidate, membership.position()))
            .toList();
    boolean isNullable = equalities.stream().anyMatch(Typed::isNullable);
    return new Typed(BOOLEAN, isNullable, false, Decisions.junction(equalities, true));
  }

  Typed prefix(Syntax.Prefix prefix) {
    return Operators.prefix(this, prefix, prefix.operand().accept(this));
  }

  Typed conditional(Syntax.Conditional conditional) {
    Typed condition = conditional.condition().accept(this);
    Typed yes = conditional.yes().accept(this);
    Typed no = conditional.no().accept(this);
    if (!condition.is(BOOLEAN)) {
      throw invalid(
          "the condition before ? must be boolean, not " + condition.label(),
          conditional.position());
    }
    ValueType type = commonType(List.of(yes, no));
    if (type == null || type == BYTES || type == DOUBLES) {
      throw invalid(
          "cannot choose between " + yes.label() + " and " + no.label(), conditional.position());
    }
    boolean isNullable = condition.isNullable() || yes.isNullable() || no.isNullable();
    boolean isConstant = condition.isConstant() && yes.isConstant() && no.isConstant();
    Kernel kernel = Decisions.conditional(condition, as(type, yes), as(type, no));
    return new Typed(type, isNullable, isConstant, kernel).folded(source);
  }

  Typed call(Syntax.Call call) {
    Function function = Functions.byName().get(call.function());
    if (function == null) {
      throw invalid(
          call.function()
              + " is not a function"
              + Suggestions.didYouMean(call.function(), Functions.byName().keySet()),
          call.position());
    }
    List<Typed> arguments = new ArrayList<>();
    for (Syntax argument : call.arguments()) {
      arguments.add(argument.accept(this));
    }
    return function.apply(this, call, arguments);
  }

  /** Whether an operand is null (or is not). */
  Typed isNull(Typed operand, boolean expected) {
    return new Typed(BOOLEAN, false, operand.isConstant(), Decisions.isNull(operand, expected))
        .folded(source);
  }

  /** The zone that a constant text names. */
  ZoneRules zone(Syntax.Call call, Typed argument) {
    if (!(argument.constantValue() instanceof String id)) {
      throw invalid(
          "the zone of " + call.function() + " must be a text, such as 'America/New_York'",
          call.position());
    }
    try {
      return ZoneRules.of(id, source.key());
    } catch (InvalidInputException e) {
      String problem =
          String.valueOf(e.getMessage()).substring("Invalid : ".length() + source.key().length());
      throw invalid(problem, call.position());
    }
  }

  /** The type that all have, or can widen to; nulls have any. Null where there is none. */
  @Nullable ValueType commonType(List<Typed> operands) {
    ValueType common = null;
    for (Typed operand : operands) {
      ValueType type = operand.type();
      if (type == null || type == common) {
        continue;
      }
      boolean areNumbers =
          common != null && operand.isNumber() && (common == INT64 || common == DOUBLE);
      if (common != null && !areNumbers) {
        return null;
      }
      common = common == null ? type : DOUBLE;
    }
    return common;
  }

  /** The operand as a value of a type that it has, widens to, or as a null has too. */
  Typed as(ValueType type, Typed operand) {
    if (operand.isNullLiteral()) {
      return Typed.constant(type, null);
    }
    return operand.is(type) ? operand : widened(operand);
  }

  Typed widened(Typed operand) {
    return OperationKernel.typed(source, 1, DOUBLE, Arithmetic::widen, List.of(operand));
  }
}
