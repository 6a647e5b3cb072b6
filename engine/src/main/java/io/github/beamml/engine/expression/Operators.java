package io.github.beamml.engine.expression;

import static io.github.beamml.engine.row.ValueType.BOOLEAN;
import static io.github.beamml.engine.row.ValueType.DOUBLE;
import static io.github.beamml.engine.row.ValueType.INT64;
import static io.github.beamml.engine.row.ValueType.STRING;
import static io.github.beamml.engine.row.ValueType.TIMESTAMP;

import io.github.beamml.engine.row.ValueType;
import java.util.List;

/** Which arithmetic an operator means for which types. */
final class Operators {
  private Operators() {}

  static Typed binary(Typing typing, Syntax.Link link, Typed left, Typed right) {
    if (left.isNumber() && right.isNumber()) {
      boolean areIntegers = left.is(INT64) && right.is(INT64);
      ValueType type = areIntegers ? INT64 : DOUBLE;
      Operation operation = areIntegers ? ofLongs(link.operator()) : ofDoubles(link.operator());
      return typed(typing, link, type, operation, typing.as(type, left), typing.as(type, right));
    }
    return switch (link.operator()) {
      case "+" -> plus(typing, link, left, right);
      case "-" -> minus(typing, link, left, right);
      default -> throw cannot(typing, link, left, right);
    };
  }

  private static Typed plus(Typing typing, Syntax.Link link, Typed left, Typed right) {
    if (left.is(STRING) && right.is(STRING)) {
      return typed(typing, link, STRING, Arithmetic::concatenate, left, right);
    }
    if (left.is(TIMESTAMP) && right.isNumber()) {
      Typed seconds = typing.as(DOUBLE, right);
      return typed(typing, link, TIMESTAMP, Arithmetic::later, left, seconds);
    }
    if (left.isNumber() && right.is(TIMESTAMP)) {
      Typed seconds = typing.as(DOUBLE, left);
      return typed(typing, link, TIMESTAMP, Arithmetic::secondsLater, seconds, right);
    }
    throw cannot(typing, link, left, right);
  }

  private static Typed minus(Typing typing, Syntax.Link link, Typed left, Typed right) {
    if (left.is(TIMESTAMP) && right.is(TIMESTAMP)) {
      return typed(typing, link, DOUBLE, Arithmetic::secondsBetween, left, right);
    }
    if (left.is(TIMESTAMP) && right.isNumber()) {
      Typed seconds = typing.as(DOUBLE, right);
      return typed(typing, link, TIMESTAMP, Arithmetic::earlier, left, seconds);
    }
    throw cannot(typing, link, left, right);
  }

  private static Typed typed(
      Typing typing,
      Syntax.Link link,
      ValueType type,
      Operation operation,
      Typed left,
      Typed right) {
    return OperationKernel.typed(
        typing.source(), link.position(), type, operation, List.of(left, right));
  }

  private static RuntimeException cannot(Typing typing, Syntax.Link link, Typed left, Typed right) {
    return typing.invalid(
        "cannot apply " + link.operator() + " to " + left.label() + " and " + right.label(),
        link.position());
  }

  static Typed prefix(Typing typing, Syntax.Prefix prefix, Typed operand) {
    ValueType type = prefix.operator().equals("!") ? BOOLEAN : operand.is(INT64) ? INT64 : DOUBLE;
    if (!operand.is(type)) {
      throw typing.invalid(
          "cannot apply " + prefix.operator() + " to " + operand.label(), prefix.position());
    }
    Operation operation =
        switch (type) {
          case BOOLEAN -> Decisions::not;
          case INT64 -> Arithmetic::negateLongs;
          default -> Arithmetic::negateDoubles;
        };
    return OperationKernel.typed(
        typing.source(), prefix.position(), type, operation, List.of(operand));
  }

  private static Operation ofLongs(String operator) {
    return switch (operator) {
      case "+" -> Arithmetic::addLongs;
      case "-" -> Arithmetic::subtractLongs;
      case "*" -> Arithmetic::multiplyLongs;
      case "/" -> Arithmetic::divideLongs;
      default -> Arithmetic::remainderOfLongs;
    };
  }

  private static Operation ofDoubles(String operator) {
    return switch (operator) {
      case "+" -> Arithmetic::addDoubles;
      case "-" -> Arithmetic::subtractDoubles;
      case "*" -> Arithmetic::multiplyDoubles;
      case "/" -> Arithmetic::divideDoubles;
      default -> Arithmetic::remainderOfDoubles;
    };
  }
}
