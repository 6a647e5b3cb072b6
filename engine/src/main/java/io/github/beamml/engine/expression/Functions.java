package io.github.beamml.engine.expression;

import static io.github.beamml.engine.row.ValueType.BOOLEAN;
import static io.github.beamml.engine.row.ValueType.BYTES;
import static io.github.beamml.engine.row.ValueType.DOUBLE;
import static io.github.beamml.engine.row.ValueType.DOUBLES;
import static io.github.beamml.engine.row.ValueType.INT64;
import static io.github.beamml.engine.row.ValueType.STRING;
import static io.github.beamml.engine.row.ValueType.TIMESTAMP;

import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All functions of the language by name. */
final class Functions {
  private static final SortedMap<String, Function> ALL = Collections.unmodifiableSortedMap(all());

  private Functions() {}

  static SortedMap<String, Function> byName() {
    return ALL;
  }

  private static SortedMap<String, Function> all() {
    SortedMap<String, Function> all = new TreeMap<>();
    all.put("has", Functions::has);
    all.put("coalesce", Functions::coalesce);
    addNumbers(all);
    addTexts(all);
    addConversions(all);
    for (TimePart part : TimePart.values()) {
      all.put(part.function(), (typing, call, arguments) -> part(part, typing, call, arguments));
    }
    all.put("timestamp", Functions::timestamp);
    all.put("duration", Overloads.of(DOUBLE, Conversions::seconds, STRING));
    return all;
  }

  private static void addNumbers(SortedMap<String, Function> all) {
    all.put(
        "abs",
        Overloads.of(INT64, Numbers::absoluteLongs, INT64)
            .or(DOUBLE, Numbers.ofDouble(StrictMath::abs), DOUBLE));
    all.put("min", folded(Numbers::smallerLongs, Numbers::smallerDoubles));
    all.put("max", folded(Numbers::greaterLongs, Numbers::greaterDoubles));
    all.put("floor", rounding(Numbers.ofDouble(StrictMath::floor)));
    all.put("ceil", rounding(Numbers.ofDouble(StrictMath::ceil)));
    all.put("round", rounding(Numbers.ofDouble(Numbers::round)));
    all.put("sqrt", Overloads.of(DOUBLE, Numbers.ofDouble(StrictMath::sqrt), DOUBLE));
    all.put("exp", Overloads.of(DOUBLE, Numbers.ofDouble(StrictMath::exp), DOUBLE));
    all.put("log", Overloads.of(DOUBLE, Numbers.ofDouble(StrictMath::log), DOUBLE));
    all.put("log1p", Overloads.of(DOUBLE, Numbers.ofDouble(StrictMath::log1p), DOUBLE));
    all.put("pow", Overloads.of(DOUBLE, Numbers::power, DOUBLE, DOUBLE));
    all.put("isNaN", Overloads.of(BOOLEAN, Numbers::isNan, DOUBLE));
    all.put("haversine", Overloads.of(DOUBLE, Numbers::haversine, DOUBLE, DOUBLE, DOUBLE, DOUBLE));
  }

  private static void addTexts(SortedMap<String, Function> all) {
    all.put(
        "size",
        Overloads.of(INT64, Texts::size, STRING)
            .or(INT64, Texts::sizeOfArrays, DOUBLES)
            .or(INT64, Texts::sizeOfBytes, BYTES));
    all.put("startsWith", Overloads.of(BOOLEAN, Texts.test(String::startsWith), STRING, STRING));
    all.put("endsWith", Overloads.of(BOOLEAN, Texts.test(String::endsWith), STRING, STRING));
    all.put("contains", Overloads.of(BOOLEAN, Texts.test(String::contains), STRING, STRING));
    all.put(
        "substring",
        Overloads.of(STRING, Texts::tail, STRING, INT64)
            .or(STRING, Texts::substring, STRING, INT64, INT64));
    all.put("lowerAscii", Overloads.of(STRING, Texts.map(Texts::lowerAscii), STRING));
    all.put("upperAscii", Overloads.of(STRING, Texts.map(Texts::upperAscii), STRING));
  }

  private static void addConversions(SortedMap<String, Function> all) {
    all.put(
        "int",
        Overloads.of(INT64, Numbers::unchangedLongs, INT64)
            .or(INT64, Conversions::integersOfDoubles, DOUBLE)
            .or(INT64, Numbers::unchangedLongs, BOOLEAN)
            .or(INT64, Conversions::integersOfTexts, STRING)
            .or(INT64, Conversions::integersOfInstants, TIMESTAMP));
    all.put(
        "double",
        Overloads.of(DOUBLE, Arithmetic::widen, INT64)
            .or(DOUBLE, call -> call.argument(0), DOUBLE)
            .or(DOUBLE, Arithmetic::widen, BOOLEAN)
            .or(DOUBLE, Conversions::doublesOfTexts, STRING));
    all.put(
        "string",
        Overloads.of(STRING, call -> call.argument(0), STRING)
            .or(STRING, Conversions::textsOfBooleans, BOOLEAN)
            .or(STRING, Conversions::textsOfIntegers, INT64)
            .or(STRING, Conversions::textsOfDoubles, DOUBLE)
            .or(STRING, Conversions::textsOfInstants, TIMESTAMP));
  }

  /** Integers are whole already. */
  private static Function rounding(Operation operation) {
    return Overloads.of(INT64, Numbers::unchangedLongs, INT64).or(DOUBLE, operation, DOUBLE);
  }

  /** A function of two numbers or more, applied from left to right. */
  private static Function folded(Operation longs, Operation doubles) {
    return (typing, call, arguments) -> {
      boolean areNumbers = arguments.stream().allMatch(Typed::isNumber);
      if (arguments.size() < 2 || !areNumbers) {
        throw typing.wrongArguments(call, "two or more numbers", arguments);
      }
      boolean areIntegers = arguments.stream().allMatch(argument -> argument.is(INT64));
      ValueType type = areIntegers ? INT64 : DOUBLE;
      Operation operation = areIntegers ? longs : doubles;
      Typed result = typing.as(type, arguments.get(0));
      for (Typed argument : arguments.subList(1, arguments.size())) {
        List<Typed> pair = List.of(result, typing.as(type, argument));
        result = OperationKernel.typed(typing.source(), call.position(), type, operation, pair);
      }
      return result;
    };
  }

  private static Typed has(Typing typing, Syntax.Call call, List<Typed> arguments) {
    if (arguments.size() != 1 || arguments.get(0).isNullLiteral()) {
      throw typing.wrongArguments(call, "one value", arguments);
    }
    return typing.isNull(arguments.get(0), false);
  }

  private static Typed coalesce(Typing typing, Syntax.Call call, List<Typed> arguments) {
    if (arguments.size() < 2) {
      throw typing.wrongArguments(call, "two or more values of one type", arguments);
    }
    ValueType type = typing.commonType(arguments);
    if (type == null) {
      throw typing.wrongArguments(call, "two or more values of one type", arguments);
    }
    List<Typed> operands = arguments.stream().map(argument -> typing.as(type, argument)).toList();
    boolean isNullable = operands.stream().allMatch(Typed::isNullable);
    boolean isConstant = operands.stream().allMatch(Typed::isConstant);
    return new Typed(type, isNullable, isConstant, Decisions.coalesce(operands))
        .folded(typing.source());
  }

  private static Typed part(TimePart part, Typing typing, Syntax.Call call, List<Typed> arguments) {
    boolean fits = !arguments.isEmpty() && arguments.size() <= 2 && arguments.get(0).is(TIMESTAMP);
    if (!fits) {
      throw typing.wrongArguments(call, "(timestamp) or (timestamp, 'zone')", arguments);
    }
    ZoneRules zone = arguments.size() == 2 ? typing.zone(call, arguments.get(1)) : typing.zone();
    if (zone == null) {
      throw typing.invalid(
          call.function() + " needs a time zone, such as " + call.function() + "(t, 'UTC')",
          call.position());
    }
    return OperationKernel.typed(
        typing.source(), call.position(), INT64, part.in(zone), arguments.subList(0, 1));
  }

  private static Typed timestamp(Typing typing, Syntax.Call call, List<Typed> arguments) {
    if (arguments.size() == 1 && arguments.get(0).is(INT64)) {
      return instants(typing, call, Conversions::instantsOfIntegers, arguments);
    }
    boolean fits = !arguments.isEmpty() && arguments.size() <= 2 && arguments.get(0).is(STRING);
    if (!fits) {
      throw typing.wrongArguments(call, "(string) or (string, 'zone') or (int64)", arguments);
    }
    @Nullable ZoneRules zone =
        arguments.size() == 2 ? typing.zone(call, arguments.get(1)) : typing.zone();
    return instants(typing, call, Conversions.instantsOfTexts(zone), arguments.subList(0, 1));
  }

  private static Typed instants(
      Typing typing, Syntax.Call call, Operation operation, List<Typed> arguments) {
    return OperationKernel.typed(typing.source(), call.position(), TIMESTAMP, operation, arguments);
  }
}
