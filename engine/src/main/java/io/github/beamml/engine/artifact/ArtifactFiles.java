package io.github.beamml.engine.artifact;

import io.github.beamml.engine.CannotException;

/**
 * Verified access to an artifact's files: no byte is handed out before its checksum was checked.
 */
public interface ArtifactFiles {
  Manifest manifest();

  /**
   * All bytes of a file.
   *
   * @throws CannotException if the artifact has no such file, it cannot be read, or its size or
   *     checksum is not the manifest's
   */
  byte[] read(String name);

  /**
   * Checks bytes against their entry in the manifest.
   *
   * @return the bytes
   * @throws CannotException naming the artifact and the file if they differ
   */
  static byte[] verify(Manifest manifest, Manifest.FileEntry file, byte[] bytes) {
    if (!matches(file, bytes)) {
      throw CannotException.to(
          "open " + manifest.label(), file.name() + " does not match its digest");
    }
    return bytes;
  }

  /** Whether bytes have the size and checksum of their entry. */
  static boolean matches(Manifest.FileEntry file, byte[] bytes) {
    return bytes.length == file.size() && Digest.of(bytes).equals(file.sha256());
  }
}
