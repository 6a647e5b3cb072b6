package io.github.beamml.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * Names with values that change by compare-and-set: the one thing that files written once cannot
 * do. A name is a path of segments as {@link io.github.beamml.engine.artifact.Names} allows them,
 * such as {@code models/flight-delays/environments/staging}; a value is a JSON object.
 *
 * <p>Every method throws {@link io.github.beamml.engine.CannotException} if the store cannot be
 * reached and {@link InvalidInputException} for a name of another form.
 */
public interface NameStore {
  Optional<ObjectNode> get(String name);

  /** Sets a name that has no value yet. Of several at once exactly one succeeds. */
  boolean putIfAbsent(String name, ObjectNode value);

  /**
   * Replaces the value if it is still {@code expected}. Of several at once exactly one succeeds.
   */
  boolean replace(String name, ObjectNode expected, ObjectNode value);

  /** The segments directly below a path that are, or lead to, names; in the order of their text. */
  List<String> list(String path);
}
