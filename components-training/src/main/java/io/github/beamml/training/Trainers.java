package io.github.beamml.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The trainers on the class path. */
public final class Trainers {
  private Trainers() {}

  /** All of them, in the order of their names. */
  public static List<TrainerFactory> all() {
    List<TrainerFactory> factories = new ArrayList<>();
    ServiceLoader.load(TrainerFactory.class).forEach(factories::add);
    factories.sort(Comparator.comparing(factory -> factory.descriptor().name()));
    return factories;
  }

  /**
   * @param place where the parameters were typed, such as {@code model-training}
   * @param name such as {@code histogram_forest}
   * @param parameters values by name; what is left out has its default
   * @throws InvalidInputException if there is no such trainer or parameter, or a value is wrong
   */
  public static Trainer create(
      String place, String name, Map<String, ? extends @Nullable Object> parameters) {
    TrainerFactory factory = named(place, name);
    return factory.create(factory.descriptor().read(place, parameters));
  }

  /** As {@link #create(String, String, Map)}, with the parameters as a JSON object. */
  static Trainer create(String place, String name, ObjectNode parameters) {
    TrainerFactory factory = named("", name);
    return factory.create(factory.descriptor().read(place, parameters));
  }

  private static TrainerFactory named(String place, String name) {
    List<TrainerFactory> factories = all();
    return factories.stream()
        .filter(factory -> factory.descriptor().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.unknown(
                    place.isEmpty() ? "trainer" : place + ".trainer",
                    name,
                    "a trainer on the class path",
                    factories.stream().map(factory -> factory.descriptor().name()).toList()));
  }
}
