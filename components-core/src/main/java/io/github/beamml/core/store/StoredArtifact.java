package io.github.beamml.core.store;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;

/** An artifact in a store. */
public final class StoredArtifact implements ArtifactFiles {
  private final Manifest manifest;
  private final String folder;

  StoredArtifact(Manifest manifest, String folder) {
    this.manifest = manifest;
    this.folder = folder;
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  public Digest digest() {
    return manifest.digest();
  }

  public Digest seal() {
    return manifest.seal();
  }

  /** The folder of its files. */
  public String folder() {
    return folder;
  }

  @Override
  public byte[] read(String name) {
    Manifest.FileEntry file = manifest.file(name);
    byte[] bytes;
    try {
      bytes = StoreFiles.read(folder + "/" + name);
    } catch (FileNotFoundException e) {
      throw CannotException.to("open " + manifest.label(), "its file " + name + " is gone", e);
    } catch (IOException e) {
      throw CannotException.to("open " + manifest.label(), StoreFiles.reason(e), e);
    }
    return ArtifactFiles.verify(manifest, file, bytes);
  }

  /**
   * Reads every file once and checks it.
   *
   * @throws CannotException naming the first file that does not match
   */
  public void verifyAll() {
    for (Manifest.FileEntry file : manifest.files()) {
      read(file.name());
    }
  }
}
