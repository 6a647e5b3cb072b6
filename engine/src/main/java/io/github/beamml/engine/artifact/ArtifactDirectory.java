package io.github.beamml.engine.artifact;

import io.github.beamml.engine.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An artifact in a local folder: its files and a {@code manifest.json}. */
public final class ArtifactDirectory implements ArtifactFiles {
  private final Path folder;
  private final Manifest manifest;

  private ArtifactDirectory(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * @throws CannotException if the folder holds no readable manifest
   */
  public static ArtifactDirectory open(Path folder) {
    Path file = folder.resolve(Manifest.FILE_NAME);
    try {
      return new ArtifactDirectory(
          folder, Manifest.parse(file.toString(), Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw CannotException.to("open artifact " + folder, "there is no manifest.json in it", e);
    } catch (IOException e) {
      throw CannotException.to("open artifact " + folder, e.toString(), e);
    }
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public byte[] read(String name) {
    Manifest.FileEntry file = manifest.file(name);
    try {
      return ArtifactFiles.verify(manifest, file, Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      throw CannotException.to("open " + manifest.label(), "its file " + name + " is gone", e);
    } catch (IOException e) {
      throw CannotException.to("open " + manifest.label(), e.toString(), e);
    }
  }

  /**
   * Checks every file against the manifest.
   *
   * @throws CannotException naming the first file that differs
   */
  public void verifyAll() {
    for (Manifest.FileEntry file : manifest.files()) {
      read(file.name());
    }
  }
}
