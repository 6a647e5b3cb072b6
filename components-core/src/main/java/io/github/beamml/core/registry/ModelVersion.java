package io.github.beamml.core.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A registered version of a model.
 *
 * @param model the model's name
 * @param number from 1
 * @param digest what it is
 * @param seal the artifact's bytes
 * @param verdict the digest of the verdict it was registered with
 * @param blessed whether its gates passed
 * @param run the run that made it
 * @param tags free words
 */
public record ModelVersion(
    String model,
    long number,
    Digest digest,
    Digest seal,
    Digest verdict,
    boolean blessed,
    String run,
    List<String> tags) {
  public ModelVersion {
    tags = List.copyOf(tags);
  }

  /** {@code v1}. */
  public String label() {
    return "v" + number;
  }

  ObjectNode toJson() {
    ObjectNode json =
        CanonicalJson.object()
            .put("digest", digest.text())
            .put("seal", seal.text())
            .put("verdict", verdict.text())
            .put("blessed", blessed)
            .put("run", run);
    tags.forEach(json.putArray("tags")::add);
    return json;
  }

  static ModelVersion fromJson(String model, long number, ObjectNode json) {
    List<String> tags = new ArrayList<>();
    json.path("tags").forEach(tag -> tags.add(tag.asText()));
    return new ModelVersion(
        model,
        number,
        new Digest(json.path("digest").asText()),
        new Digest(json.path("seal").asText()),
        new Digest(json.path("verdict").asText()),
        json.path("blessed").asBoolean(),
        json.path("run").asText(),
        tags);
  }
}
