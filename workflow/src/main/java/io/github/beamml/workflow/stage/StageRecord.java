package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a finished stage left: its artifacts by role, its counts and what it says of itself.
 *
 * @param artifacts the first role is {@link #MAIN}
 * @param counts numbers by name, in the order in which they are told
 * @param summary one line for people
 * @param millis how long it took
 */
public record StageRecord(
    String stage,
    Map<String, Left> artifacts,
    long rowsIn,
    long rowsOut,
    Map<String, Long> counts,
    String summary,
    long millis) {
  /** The role of the artifact that the next stage reads. */
  public static final String MAIN = "main";

  /** The role of dead letters. */
  public static final String LETTERS = "letters";

  /** The role of a verdict. */
  public static final String VERDICT = "verdict";

  /** The file of a verdict. */
  public static final String VERDICT_FILE = "verdict.json";

  /** The file beside a verdict of what the baseline's evaluation was, if there was one. */
  public static final String BASELINE_FILE = "baseline.json";

  /** An artifact by both its identities. */
  public record Left(Digest digest, Digest seal) {
    public static Left of(StoredArtifact artifact) {
      return new Left(artifact.digest(), artifact.seal());
    }
  }

  public StageRecord {
    artifacts = new TreeMap<>(artifacts);
    counts = new LinkedHashMap<>(counts);
  }

  /** The same with the time that it took. */
  public StageRecord withMillis(long newMillis) {
    return new StageRecord(stage, artifacts, rowsIn, rowsOut, counts, summary, newMillis);
  }

  /**
   * @throws CannotException if the stage left nothing in this role
   */
  public Left artifact(String role) {
    Left left = artifacts.get(role);
    if (left == null) {
      throw CannotException.to("open " + role + " of " + stage, "the stage left none");
    }
    return left;
  }

  public long count(String name) {
    return Objects.requireNonNullElse(counts.get(name), 0L);
  }

  public ObjectNode toJson() {
    ObjectNode json =
        CanonicalJson.object()
            .put("stage", stage)
            .put("rows_in", CanonicalJson.int64(rowsIn))
            .put("rows_out", CanonicalJson.int64(rowsOut))
            .put("summary", summary)
            .put("millis", CanonicalJson.int64(millis));
    ObjectNode left = json.putObject("artifacts");
    artifacts.forEach(
        (role, artifact) ->
            left.putObject(role)
                .put("digest", artifact.digest().text())
                .put("seal", artifact.seal().text()));
    var list = json.putArray("counts");
    counts.forEach(
        (name, number) ->
            list.addObject().put("name", name).put("number", CanonicalJson.int64(number)));
    return json;
  }

  public static StageRecord fromJson(JsonNode json) {
    Map<String, Left> artifacts = new TreeMap<>();
    json.path("artifacts")
        .fields()
        .forEachRemaining(
            entry ->
                artifacts.put(
                    entry.getKey(),
                    new Left(
                        new Digest(entry.getValue().path("digest").asText()),
                        new Digest(entry.getValue().path("seal").asText()))));
    Map<String, Long> counts = new LinkedHashMap<>();
    for (JsonNode count : json.path("counts")) {
      counts.put(count.path("name").asText(), Long.parseLong(count.path("number").asText()));
    }
    return new StageRecord(
        json.path("stage").asText(),
        artifacts,
        Long.parseLong(json.path("rows_in").asText()),
        Long.parseLong(json.path("rows_out").asText()),
        counts,
        json.path("summary").asText(),
        Long.parseLong(json.path("millis").asText()));
  }
}
