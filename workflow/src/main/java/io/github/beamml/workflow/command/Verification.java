package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares every file of artifacts with its checksum, and every manifest of a store with its seal.
 */
final class Verification {
  private static final String MANIFESTS = "manifests";

  private final Path path;
  private final List<String> good = new ArrayList<>();
  private final List<Bad> bad = new ArrayList<>();
  private int artifacts;
  private int files;

  private record Bad(String file, String reason) {}

  private Verification(Path path) {
    this.path = path;
  }

  /**
   * @throws InvalidInputException if the path is neither an artifact's folder nor a store
   */
  static Verification of(Path path) {
    Verification verification = new Verification(path);
    if (Files.isRegularFile(path.resolve(Manifest.FILE_NAME))) {
      verification.artifact(path.resolve(Manifest.FILE_NAME), path);
    } else if (Files.isDirectory(path.resolve(MANIFESTS))) {
      verification.store();
    } else {
      throw InvalidInputException.of(
          "PATH", path, "an artifact's folder, which has a manifest.json, or a store");
    }
    return verification;
  }

  private void store() {
    try (Stream<Path> manifests = Files.list(path.resolve(MANIFESTS))) {
      for (Path file : manifests.sorted().toList()) {
        sealed(file);
      }
    } catch (IOException e) {
      throw CannotException.to("verify " + path, e.toString(), e);
    }
  }

  /** A manifest whose name is the checksum of its bytes. */
  private void sealed(Path file) throws IOException {
    String expected = String.valueOf(file.getFileName()).replace(".json", "");
    Digest actual = sha256(file);
    if (!actual.hex().equals(expected)) {
      bad.add(new Bad(file.toString(), "does not match its seal"));
      return;
    }
    JsonNode provenance = Manifest.parse(file.toString(), Files.readAllBytes(file)).provenance();
    Path folder = path.resolve("objects");
    for (String part : List.of("run", "stage", "attempt")) {
      folder = folder.resolve(provenance.path(part).asText());
    }
    artifact(file, folder);
  }

  private void artifact(Path manifestFile, Path folder) {
    Manifest manifest;
    try {
      manifest = Manifest.parse(manifestFile.toString(), Files.readAllBytes(manifestFile));
    } catch (CannotException e) {
      bad.add(new Bad(manifestFile.toString(), "is not a manifest"));
      return;
    } catch (IOException e) {
      throw CannotException.to("verify " + path, e.toString(), e);
    }
    artifacts++;
    int before = bad.size();
    for (Manifest.FileEntry entry : manifest.files()) {
      files++;
      file(manifest, folder.resolve(entry.name()), entry);
    }
    if (bad.size() == before) {
      good.add(manifest.label() + "  " + manifest.files().size() + " files");
    }
  }

  private void file(Manifest manifest, Path file, Manifest.FileEntry entry) {
    try {
      if (Files.size(file) != entry.size() || !sha256(file).equals(entry.sha256())) {
        bad.add(new Bad(file.toString(), "does not match its digest in " + manifest.label()));
      }
    } catch (NoSuchFileException e) {
      bad.add(new Bad(file.toString(), "is gone from " + manifest.label()));
    } catch (IOException e) {
      bad.add(new Bad(file.toString(), "cannot be read: " + e.getMessage()));
    }
  }

  private static Digest sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
      return Digest.ofHash(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void print(Screen screen) {
    good.forEach(artifact -> screen.line("  ok   " + artifact));
    bad.forEach(entry -> screen.line("  " + screen.bad("bad") + "  " + entry.file()));
    if (bad.isEmpty()) {
      screen.line(
          "Verified "
              + path
              + ": "
              + Figures.count(artifacts)
              + (artifacts == 1 ? " artifact, " : " artifacts, ")
              + Figures.count(files)
              + (files == 1 ? " file" : " files"));
    }
  }

  ObjectNode toJson() {
    ObjectNode json =
        CanonicalJson.object()
            .put("path", path.toString())
            .put("verified", bad.isEmpty())
            .put("artifacts", artifacts)
            .put("files", files);
    ArrayNode list = json.putArray("bad");
    bad.forEach(entry -> list.addObject().put("file", entry.file()).put("reason", entry.reason()));
    return json;
  }

  boolean isGood() {
    return bad.isEmpty();
  }

  /** The one line of what is wrong, with every bad file. */
  String error() {
    List<String> lines = bad.stream().map(entry -> entry.file() + " " + entry.reason()).toList();
    return "Cannot verify " + path + ": " + String.join("; ", lines);
  }
}
