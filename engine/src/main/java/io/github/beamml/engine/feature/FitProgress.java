package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What passes have fitted so far, by node: values, and the empty refinements that further passes
 * start from.
 */
final class FitProgress {
  private final SortedMap<Integer, JsonNode> fitted = new TreeMap<>();
  private final SortedMap<Integer, byte[]> refining = new TreeMap<>();

  SortedMap<Integer, JsonNode> fitted() {
    return fitted;
  }

  SortedMap<Integer, byte[]> refining() {
    return refining;
  }

  FitProgress copy() {
    FitProgress copy = new FitProgress();
    copy.fitted.putAll(fitted);
    copy.refining.putAll(refining);
    return copy;
  }

  boolean isComplete(List<Node> nodes) {
    return nodes.stream().filter(node -> node.fit() != null).count() == fitted.size();
  }

  /**
   * The kernels of the nodes that are fitted or need no fitting; null for the others.
   *
   * @throws CannotException if a fitted value has another form than its step wants
   */
  @Nullable Kernel[] kernels(List<Node> nodes) {
    @Nullable Kernel[] kernels = new @Nullable Kernel[nodes.size()];
    for (int i = 0; i < kernels.length; i++) {
      Node node = nodes.get(i);
      JsonNode value = node.fit() == null ? NullNode.getInstance() : fitted.get(i);
      if (value != null) {
        try {
          kernels[i] = node.kernels().make(value);
        } catch (IllegalArgumentException e) {
          throw CannotException.to(
              "read fitted features",
              "what "
                  + node.place()
                  + " fitted to "
                  + node.column()
                  + " is broken: "
                  + e.getMessage(),
              e);
        }
      }
    }
    return kernels;
  }

  ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    ObjectNode values = json.putObject("fitted");
    fitted.forEach((node, value) -> values.set(node.toString(), value));
    ObjectNode states = json.putObject("refining");
    refining.forEach((node, bytes) -> states.put(node.toString(), Hex.of(bytes)));
    return json;
  }

  static FitProgress fromJson(JsonNode json) {
    FitProgress progress = new FitProgress();
    json.path("fitted")
        .fields()
        .forEachRemaining(
            entry -> progress.fitted.put(Integer.valueOf(entry.getKey()), entry.getValue()));
    json.path("refining")
        .fields()
        .forEachRemaining(
            entry ->
                progress.refining.put(
                    Integer.valueOf(entry.getKey()), Hex.parse(entry.getValue().asText())));
    return progress;
  }
}
