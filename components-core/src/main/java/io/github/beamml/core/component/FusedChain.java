package io.github.beamml.core.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/**
 * A {@link Chain} of components as JSON: {@code {"steps": [{"type": "read_parquet", "config":
 * {"path": "flights"}}, ...]}}. The first step is a {@link SourceProvider}, those behind it are
 * {@link FunctionProvider}s, the last may be a {@link SinkProvider}; each has the configuration
 * that it has alone, checked by its own descriptor. Where a parameter is itself JSON as text, the
 * object or array may stand there.
 */
public final class FusedChain {
  /** A step with its checked configuration. */
  private record Step(String place, ComponentProvider provider, Configuration configuration) {
    InvalidInputException wrongType(String constraint) {
      return InvalidInputException.of(place + ".type", provider.descriptor().name(), constraint);
    }

    /** What making something of the configuration refuses, under its place. */
    <T> T build(Supplier<T> work) {
      return within(place + ".config", work);
    }

    /** What the rows of the step before lack, under the step's place. */
    Chain join(Chain chain, List<BatchFn> functions) {
      return within(place, () -> FusedChain.join(chain, functions));
    }

    private static <T> T within(String place, Supplier<T> work) {
      try {
        return work.get();
      } catch (InvalidInputException e) {
        throw e.under(place);
      }
    }
  }

  private final List<Step> steps;

  private FusedChain(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * @param key what the user gave the text for
   * @throws InvalidInputException naming the step and the nearest known name if a key or a type is
   *     unknown, a value is wrong, or a step stands where it cannot
   */
  public static FusedChain parse(String key, String text) {
    JsonNode json = CanonicalJson.parse(key, text);
    requireObject(key, json, List.of("steps"));
    JsonNode list = json.path("steps");
    if (!list.isArray() || list.isEmpty()) {
      throw InvalidInputException.of(key + ".steps", shown(list), "a list of steps");
    }
    Map<String, ComponentProvider> components = components();
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : list) {
      steps.add(step(key + ".steps[" + steps.size() + "]", step, components));
    }
    for (int i = 0; i < steps.size(); i++) {
      requireRole(steps.get(i), i, steps.size() - 1, components);
    }
    return new FusedChain(steps);
  }

  private static Map<String, ComponentProvider> components() {
    Map<String, ComponentProvider> components = new TreeMap<>();
    for (SchemaTransformProvider provider : ServiceLoader.load(SchemaTransformProvider.class)) {
      if (provider instanceof ComponentProvider component) {
        components.put(component.descriptor().name(), component);
      }
    }
    return components;
  }

  private static Step step(String place, JsonNode json, Map<String, ComponentProvider> components) {
    requireObject(place, json, List.of("type", "config"));
    JsonNode type = json.path("type");
    if (!type.isTextual()) {
      throw InvalidInputException.of(place + ".type", shown(type), "the name of a component");
    }
    ComponentProvider provider = components.get(type.textValue());
    if (provider == null) {
      throw InvalidInputException.unknown(
          place + ".type", type.textValue(), "a component", components.keySet());
    }
    String at = place + ".config";
    JsonNode config = json.has("config") ? json.path("config") : CanonicalJson.object();
    if (!config.isObject()) {
      throw InvalidInputException.of(at, config, "an object of parameters");
    }
    if (config.has(Descriptor.ERROR_HANDLING)) {
      throw InvalidInputException.because(
          at + "." + Descriptor.ERROR_HANDLING, "all steps have one (give it beside the chain)");
    }
    Configuration configuration = provider.descriptor().read(at, config);
    if (provider instanceof SinkProvider && config.has(SinkProvider.SHARDS.name())) {
      throw InvalidInputException.of(
          at + "." + SinkProvider.SHARDS.name(),
          config.path(SinkProvider.SHARDS.name()),
          "left out: in a chain each split of what is read becomes a file");
    }
    return new Step(place, provider, configuration);
  }

  private static void requireRole(
      Step step, int number, int last, Map<String, ComponentProvider> components) {
    if (number == 0) {
      if (!(step.provider() instanceof SourceProvider)) {
        throw step.wrongType("what reads: " + names(SourceProvider.class, components));
      }
    } else if (step.provider() instanceof SinkProvider) {
      if (number < last) {
        throw step.wrongType("the last step");
      }
    } else if (!(step.provider() instanceof FunctionProvider)) {
      String more =
          number < last ? "" : ", or what writes: " + names(SinkProvider.class, components);
      throw step.wrongType("what computes: " + names(FunctionProvider.class, components) + more);
    }
  }

  private static String names(Class<?> role, Map<String, ComponentProvider> components) {
    return String.join(
        ", ",
        components.values().stream()
            .filter(role::isInstance)
            .map(component -> component.descriptor().name())
            .toList());
  }

  private static void requireObject(String place, JsonNode json, List<String> known) {
    if (!json.isObject()) {
      throw InvalidInputException.of(place, json, "an object with " + String.join(" and ", known));
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw InvalidInputException.because(
                    place + "." + name, "unknown key" + Suggestions.didYouMean(name, known));
              }
            });
  }

  private static Object shown(JsonNode node) {
    return node.isMissingNode() ? "missing" : node;
  }

  /**
   * What reads and what computes.
   *
   * @throws InvalidInputException if the last step writes
   */
  public Chain rows() {
    Step last = steps.get(steps.size() - 1);
    if (last.provider() instanceof SinkProvider) {
      throw last.wrongType("left out: rows are read here");
    }
    return reading();
  }

  private Chain reading() {
    Step first = steps.get(0);
    SourceProvider source = (SourceProvider) first.provider();
    Chain chain = Chain.from(first.build(() -> source.source(first.configuration())));
    for (Step step : steps) {
      if (step.provider() instanceof FunctionProvider provider) {
        List<BatchFn> functions = step.build(() -> provider.functions(step.configuration()));
        chain = step.join(chain, functions);
      }
    }
    return chain;
  }

  private static Chain join(Chain chain, List<BatchFn> functions) {
    Chain longer = chain;
    for (BatchFn function : functions) {
      longer = longer.then(function);
    }
    return longer;
  }

  /** The rows, or what the last step's own provider gives where it writes. */
  PCollectionRowTuple expand(PCollectionRowTuple input, Configuration outer) {
    Step last = steps.get(steps.size() - 1);
    Chain chain = reading();
    return last.provider() instanceof SinkProvider<?> sink
        ? last.build(() -> sink.write(input, outer, chain, last.configuration()))
        : ComponentProvider.read(input, outer, chain);
  }
}
