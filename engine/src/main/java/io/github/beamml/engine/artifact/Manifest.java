package io.github.beamml.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an artifact is (its content, which is digested), where it came from (its provenance, which
 * is not) and the files that hold it. Immutable.
 *
 * <p>The digest is the SHA-256 of kind and content as canonical JSON: equal wherever and however
 * the same thing is made. The seal is the SHA-256 of the whole manifest: these very bytes. Content
 * refers to other artifacts by digest only.
 */
public final class Manifest {
  /** The file beside an artifact's own that holds its manifest. */
  public static final String FILE_NAME = "manifest.json";

  private static final String FORMAT = "beamml-artifact/1";

  private final ArtifactKind kind;
  private final ObjectNode content;
  private final ObjectNode provenance;
  private final List<FileEntry> files;

  /**
   * A file of the artifact.
   *
   * @param name relative to the artifact's folder, with forward slashes
   * @param size bytes
   * @param sha256 of all its bytes
   */
  public record FileEntry(String name, long size, Digest sha256) implements Serializable {
    public FileEntry {
      boolean leavesFolder =
          name.isEmpty()
              || name.startsWith("/")
              || name.contains("\\")
              || Arrays.asList(name.split("/", -1)).contains("..");
      if (leavesFolder || name.equals(FILE_NAME)) {
        throw InvalidInputException.of("file name", name, "a path inside the artifact's folder");
      }
    }
  }

  private Manifest(
      ArtifactKind kind, ObjectNode content, ObjectNode provenance, List<FileEntry> files) {
    this.kind = kind;
    this.content = content.deepCopy();
    this.provenance = provenance.deepCopy();
    this.files = files.stream().sorted(Comparator.comparing(FileEntry::name)).toList();
  }

  public static Manifest of(
      ArtifactKind kind, ObjectNode content, ObjectNode provenance, List<FileEntry> files) {
    return new Manifest(kind, content, provenance, files);
  }

  public ArtifactKind kind() {
    return kind;
  }

  /** A copy of the content. */
  public ObjectNode content() {
    return content.deepCopy();
  }

  /** A copy of the provenance. */
  public ObjectNode provenance() {
    return provenance.deepCopy();
  }

  /** In the order of their names. */
  public List<FileEntry> files() {
    return files;
  }

  /**
   * @throws CannotException if the artifact has no such file
   */
  public FileEntry file(String name) {
    return files.stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() -> CannotException.to("open " + label(), "it has no file " + name));
  }

  /** What the artifact is. */
  public Digest digest() {
    ObjectNode digested = CanonicalJson.object().put("kind", kind.label());
    digested.set("content", content);
    return Digest.of(CanonicalJson.bytes(digested));
  }

  /** These very bytes. */
  public Digest seal() {
    return Digest.of(toBytes());
  }

  /** Kind and abbreviated digest, for messages. */
  public String label() {
    return kind.label() + " " + digest().abbreviated();
  }

  /** The canonical bytes of the manifest file. */
  public byte[] toBytes() {
    ObjectNode json = CanonicalJson.object().put("format", FORMAT).put("kind", kind.label());
    json.set("content", content);
    json.set("provenance", provenance);
    ArrayNode list = json.putArray("files");
    for (FileEntry file : files) {
      list.addObject()
          .put("name", file.name())
          .put("size", CanonicalJson.int64(file.size()))
          .put("sha256", file.sha256().hex());
    }
    return CanonicalJson.bytes(json);
  }

  /**
   * Reads a manifest file.
   *
   * @param name where it was found, for the message
   * @throws CannotException if it is no manifest, or one of a later format
   */
  public static Manifest parse(String name, byte[] bytes) {
    JsonNode json = CanonicalJson.parse(name, bytes);
    if (!json.path("format").asText().equals(FORMAT)) {
      throw CannotException.to(
          "read " + name,
          "its format is " + json.path("format") + ", this library reads " + FORMAT);
    }
    if (!(json.get("content") instanceof ObjectNode content)
        || !(json.get("provenance") instanceof ObjectNode provenance)) {
      throw CannotException.to("read " + name, "content or provenance is missing");
    }
    List<FileEntry> files = new ArrayList<>();
    try {
      for (JsonNode file : json.path("files")) {
        files.add(
            new FileEntry(
                file.path("name").asText(),
                Long.parseLong(file.path("size").asText()),
                new Digest("sha256:" + file.path("sha256").asText())));
      }
    } catch (NumberFormatException | InvalidInputException e) {
      throw CannotException.to("read " + name, "a file entry is broken: " + e.getMessage(), e);
    }
    return new Manifest(kind(name, json), content, provenance, files);
  }

  private static ArtifactKind kind(String name, JsonNode json) {
    String label = json.path("kind").asText();
    return Arrays.stream(ArtifactKind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> CannotException.to("read " + name, "unknown kind " + label));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Manifest that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return seal().hashCode();
  }

  @Override
  public String toString() {
    return label();
  }
}
