package io.github.beamml.engine.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model may be used, and why: one result for every gate, in their order.
 *
 * @param ifNoBaseline what was said about gates on the change against the baseline
 */
public record Verdict(List<GateResult> results, Optional<IfNoBaseline> ifNoBaseline) {
  private static final String FORMAT = "beamml-verdict/1";
  private static final String PROGRAM = "program";

  public Verdict {
    results = List.copyOf(results);
  }

  /** With the results of further gates behind these. */
  public Verdict and(List<GateResult> more) {
    List<GateResult> all = new ArrayList<>(results);
    all.addAll(more);
    return new Verdict(all, ifNoBaseline);
  }

  /** Whether all gates passed; without gates, yes. */
  public boolean passed() {
    return results.stream().allMatch(GateResult::passed);
  }

  /** {@code passed} or {@code refused}. */
  public String word() {
    return passed() ? "passed" : "refused";
  }

  /** One line for every gate. */
  public List<String> reasons() {
    return results.stream().map(GateResult::reason).toList();
  }

  /** The content as canonical JSON. */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object().put("format", FORMAT).put("passed", passed());
    ifNoBaseline.ifPresent(choice -> json.put("if_no_baseline", choice.key()));
    ArrayNode gates = json.putArray("gates");
    for (GateResult result : results) {
      ObjectNode gate =
          gates
              .addObject()
              .put("gate", result.gate())
              .put("passed", result.passed())
              .put("reason", result.reason());
      if (!result.program().isEmpty()) {
        gate.put(PROGRAM, result.program());
      }
    }
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param name what is read, for the message
   * @throws CannotException if the JSON has another form
   */
  public static Verdict fromJson(String name, JsonNode json) {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw CannotException.to(
          "read " + name,
          "its format is " + json.path("format") + ", this library reads " + FORMAT);
    }
    List<GateResult> results = new ArrayList<>();
    for (JsonNode gate : json.path("gates")) {
      if (!gate.path("gate").isTextual()
          || !gate.path("passed").isBoolean()
          || !gate.path("reason").isTextual()) {
        throw CannotException.to("read " + name, "not a verdict: " + gate);
      }
      results.add(
          new GateResult(
              gate.get("gate").textValue(),
              gate.get("passed").booleanValue(),
              gate.get("reason").textValue(),
              gate.path(PROGRAM).asText()));
    }
    Verdict verdict = new Verdict(results, readIfNoBaseline(name, json));
    if (verdict.passed() != json.path("passed").asBoolean(!verdict.passed())) {
      throw CannotException.to("read " + name, "its verdict does not follow from its gates");
    }
    return verdict;
  }

  private static Optional<IfNoBaseline> readIfNoBaseline(String name, JsonNode json) {
    try {
      return Optional.ofNullable(json.get("if_no_baseline"))
          .map(choice -> IfNoBaseline.parse("if_no_baseline", choice.asText()));
    } catch (InvalidInputException e) {
      throw CannotException.to("read " + name, "not a verdict: " + e.getMessage(), e);
    }
  }
}
