package io.github.beamml.workflow.command;

import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model by any of its names.
 *
 * @param label for people
 * @param digest what it is
 */
record FoundModel(String label, String digest, Scorer scorer) {
  /**
   * @param reference a folder, a digest, {@code name}, {@code name@v2} or {@code name@environment}
   */
  static FoundModel find(StoreOptions store, String reference) {
    Path folder = Path.of(reference);
    if (Files.isRegularFile(folder.resolve(Manifest.FILE_NAME))) {
      return of(reference, ArtifactDirectory.open(folder));
    }
    ArtifactStore artifacts = ArtifactStore.at(store.root());
    if (reference.startsWith("sha256:")) {
      return of(reference, artifacts.open(new Digest(reference)));
    }
    ModelVersion version = ModelRegistry.in(store.names()).resolve(reference);
    return of(version.model() + " " + version.label(), artifacts.openSealed(version.seal()));
  }

  private static FoundModel of(String label, ArtifactFiles files) {
    return new FoundModel(label, files.manifest().digest().text(), Scorer.of(Model.read(files)));
  }
}
