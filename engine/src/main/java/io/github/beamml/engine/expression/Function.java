package io.github.beamml.engine.expression;

import java.util.List;

/** A function by its name: checks its arguments' types and gives the result. */
@FunctionalInterface
interface Function {
  Typed apply(Typing typing, Syntax.Call call, List<Typed> arguments);
}
