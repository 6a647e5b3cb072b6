package io.github.beamml.core.store;

import io.github.beamml.engine.artifact.Digest;
import java.io.Serializable;

/**
 * An artifact by store and seal: how fitted features and models travel to workers, which open them
 * once in a process.
 */
public record ArtifactReference(String store, Digest seal) implements Serializable {
  public static ArtifactReference to(ArtifactStore store, StoredArtifact artifact) {
    return new ArtifactReference(store.root(), artifact.seal());
  }

  /**
   * Opens the artifact.
   *
   * @throws io.github.beamml.engine.CannotException if it is not there or not the sealed one
   */
  public StoredArtifact open() {
    return ArtifactStore.at(store).openSealed(seal);
  }
}
