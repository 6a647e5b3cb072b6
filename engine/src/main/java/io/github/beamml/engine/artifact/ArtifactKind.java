package io.github.beamml.engine.artifact;

import java.util.Locale;

/** What an artifact is. */
public enum ArtifactKind {
  DATASET,
  STATISTICS,
  FEATURES,
  MODEL,
  EVALUATION,
  VERDICT;

  /** The name in manifests and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
