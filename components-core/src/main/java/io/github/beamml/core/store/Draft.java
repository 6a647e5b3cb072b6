package io.github.beamml.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** One attempt at an artifact: its files are written into {@link #folder}, then it is published. */
public final class Draft implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArtifactStore store;
  private final String run;
  private final String stage;
  private final String attempt;
  private final ArrayList<Manifest.FileEntry> written = new ArrayList<>();

  Draft(ArtifactStore store, String run, String stage, String attempt) {
    this.store = store;
    this.run = run;
    this.stage = stage;
    this.attempt = attempt;
  }

  public String run() {
    return run;
  }

  public String stage() {
    return stage;
  }

  public String attempt() {
    return attempt;
  }

  /** Where workers write; each file under a name that no other attempt at it has. */
  public String folder() {
    return store.folder(run, stage, attempt);
  }

  /** Writes a small file and enters it for the manifest. */
  public Draft write(String name, byte[] bytes) {
    try {
      StoreFiles.write(folder() + "/" + name, bytes);
    } catch (IOException e) {
      throw CannotException.to("write " + name + " of " + stage, StoreFiles.reason(e), e);
    }
    written.add(new Manifest.FileEntry(name, bytes.length, Digest.of(bytes)));
    return this;
  }

  /** As {@link #publish(ArtifactKind, ObjectNode, ObjectNode, List)}, with no other files. */
  public StoredArtifact publish(ArtifactKind kind, ObjectNode content, ObjectNode provenance) {
    return publish(kind, content, provenance, List.of());
  }

  /**
   * Writes the manifest, last of all: from then on the artifact exists.
   *
   * @param provenance run, stage and attempt are added to it
   * @param files those that workers wrote
   * @throws CannotException if the store cannot be written
   */
  public StoredArtifact publish(
      ArtifactKind kind,
      ObjectNode content,
      ObjectNode provenance,
      List<Manifest.FileEntry> files) {
    List<Manifest.FileEntry> all = new ArrayList<>(written);
    all.addAll(files);
    try {
      return store.publish(this, kind, content, provenance, all);
    } catch (IOException e) {
      throw CannotException.to("publish " + kind.label() + " of " + stage, StoreFiles.reason(e), e);
    }
  }
}
