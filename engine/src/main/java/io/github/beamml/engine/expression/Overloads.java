package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function with a fixed list of parameter types, or several. The first whose types fit is taken;
 * an int64 fits a double parameter.
 */
final class Overloads implements Function {
  private record Overload(List<ValueType> parameters, ValueType result, Operation operation) {}

  private final List<Overload> overloads = new ArrayList<>();

  private Overloads() {}

  static Overloads of(ValueType result, Operation operation, ValueType... parameters) {
    return new Overloads().or(result, operation, parameters);
  }

  Overloads or(ValueType result, Operation operation, ValueType... parameters) {
    overloads.add(new Overload(List.of(parameters), result, operation));
    return this;
  }

  @Override
  public Typed apply(Typing typing, Syntax.Call call, List<Typed> arguments) {
    for (Overload overload : overloads) {
      List<Typed> fitting = fit(typing, overload, arguments);
      if (fitting != null) {
        return OperationKernel.typed(
            typing.source(), call.position(), overload.result(), overload.operation(), fitting);
      }
    }
    String takes =
        overloads.stream()
            .map(overload -> labels(overload.parameters()))
            .collect(Collectors.joining(" or "));
    throw typing.wrongArguments(call, takes, arguments);
  }

  private static @Nullable List<Typed> fit(
      Typing typing, Overload overload, List<Typed> arguments) {
    if (arguments.size() != overload.parameters().size()) {
      return null;
    }
    Typed[] fitting = arguments.toArray(Typed[]::new);
    for (int i = 0; i < fitting.length; i++) {
      ValueType parameter = overload.parameters().get(i);
      if (parameter == ValueType.DOUBLE && fitting[i].is(ValueType.INT64)) {
        fitting[i] = typing.widened(fitting[i]);
      } else if (!fitting[i].is(parameter)) {
        return null;
      }
    }
    return Arrays.asList(fitting);
  }

  private static String labels(List<ValueType> types) {
    return types.stream().map(ValueType::label).collect(Collectors.joining(", ", "(", ")"));
  }
}
