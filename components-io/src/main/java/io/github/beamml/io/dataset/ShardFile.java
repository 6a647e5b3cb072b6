package io.github.beamml.io.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Fingerprint;

/**
 * A written shard of a dataset: its file and what is in it.
 *
 * @param part the part of the dataset it belongs to, such as {@code train}; empty where there are
 *     none
 */
public record ShardFile(String part, Manifest.FileEntry file, Fingerprint fingerprint) {
  /** One line of canonical JSON. */
  public String toLine() {
    var json =
        CanonicalJson.object()
            .put("part", part)
            .put("name", file.name())
            .put("size", CanonicalJson.int64(file.size()))
            .put("sha256", file.sha256().text());
    json.set("fingerprint", fingerprint.toJson());
    return CanonicalJson.text(json);
  }

  /** Reads what {@link #toLine} wrote. */
  public static ShardFile fromLine(String line) {
    JsonNode json = CanonicalJson.parse("shard", line);
    return new ShardFile(
        json.path("part").asText(),
        new Manifest.FileEntry(
            json.path("name").asText(),
            Long.parseLong(json.path("size").asText()),
            new Digest(json.path("sha256").asText())),
        Fingerprint.fromJson(json.path("fingerprint")));
  }
}
