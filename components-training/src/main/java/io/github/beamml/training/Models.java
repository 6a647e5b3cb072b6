package io.github.beamml.training;

import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.model.Model;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Models opened once in a process. */
final class Models {
  private static final Map<ArtifactReference, Model> OPENED = new ConcurrentHashMap<>();

  private Models() {}

  static Model open(ArtifactReference reference) {
    return OPENED.computeIfAbsent(reference, artifact -> Model.read(artifact.open()));
  }
}
