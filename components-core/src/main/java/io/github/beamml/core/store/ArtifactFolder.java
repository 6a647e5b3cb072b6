package io.github.beamml.core.store;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * An artifact in a folder of its own, without a store: what one pipeline leaves for {@link
 * io.github.beamml.engine.artifact.ArtifactDirectory}. Its manifest is written last, whole, so that
 * what a killed worker left is never opened; a retry writes it again.
 */
public final class ArtifactFolder {
  private final String location;

  private ArtifactFolder(String location) {
    this.location = location;
  }

  /**
   * @param location on any file system that Beam knows
   */
  public static ArtifactFolder at(String location) {
    return new ArtifactFolder(
        location.endsWith("/") ? location.substring(0, location.length() - 1) : location);
  }

  /**
   * Writes an artifact, unless the folder holds this very one already.
   *
   * @param files by name; the manifest lists them
   * @return the manifest of what the folder holds now
   * @throws CannotException if the folder holds anything else, or cannot be written
   */
  public Manifest write(Manifest manifest, Map<String, byte[]> files) {
    String action = "write " + manifest.label() + " into " + location;
    try {
      List<String> present = present();
      if (present.stream().anyMatch(file -> isNamed(file, Manifest.FILE_NAME))) {
        return requireSame(action, manifest);
      }
      requireOurs(action, present, files.keySet());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        StoreFiles.write(location + "/" + file.getKey(), file.getValue());
      }
      writeWhole(manifest.toBytes());
      return manifest;
    } catch (IOException e) {
      throw CannotException.to(action, StoreFiles.reason(e), e);
    }
  }

  private List<String> present() throws IOException {
    return FileSystems.match(location + "/**", EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .filter(file -> !file.isDirectory())
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private boolean isNamed(String file, String name) {
    return file.endsWith("/" + name);
  }

  private Manifest requireSame(String action, Manifest manifest) throws IOException {
    String file = location + "/" + Manifest.FILE_NAME;
    Manifest found = Manifest.parse(file, StoreFiles.read(file));
    if (!found.digest().equals(manifest.digest())) {
      throw CannotException.to(action, "the folder holds " + found.label() + " (name another)");
    }
    return found;
  }

  /** Files with our names are those of an attempt that did not end. */
  private void requireOurs(String action, List<String> present, Set<String> names) {
    for (String file : present) {
      String last = file.substring(file.lastIndexOf('/') + 1);
      boolean ours =
          last.startsWith(Manifest.FILE_NAME)
              || names.stream().anyMatch(name -> isNamed(file, name));
      if (!ours) {
        throw CannotException.to(
            action, "the folder holds other files, such as " + last + " (name an empty one)");
      }
    }
  }

  private void writeWhole(byte[] manifest) throws IOException {
    String file = location + "/" + Manifest.FILE_NAME;
    String unfinished = file + "-" + UUID.randomUUID();
    StoreFiles.write(unfinished, manifest);
    FileSystems.rename(
        List.of(FileSystems.matchNewResource(unfinished, false)),
        List.of(FileSystems.matchNewResource(file, false)));
  }
}
