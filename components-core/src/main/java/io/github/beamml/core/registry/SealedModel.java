package io.github.beamml.core.registry;

import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model by its seal and where it lies: what travels to workers instead of the model. It is opened
 * once in a process, its seal and its files checked.
 *
 * @param place the root of a store, or a folder
 */
public record SealedModel(Kind kind, String place, Digest seal) implements Serializable {
  /** What the place is. */
  public enum Kind {
    STORE,
    FOLDER
  }

  /** Models that are open in this process. Memory that gets short takes back those not in use. */
  private static final Map<Digest, SoftReference<Scorer>> OPEN = new HashMap<>();

  public static SealedModel in(ArtifactReference reference) {
    return new SealedModel(Kind.STORE, reference.store(), reference.seal());
  }

  /**
   * The model that a folder holds now.
   *
   * @throws CannotException if it holds none
   */
  public static SealedModel in(Path folder) {
    Digest seal = ArtifactDirectory.open(folder).manifest().seal();
    return new SealedModel(Kind.FOLDER, folder.toString(), seal);
  }

  /**
   * The model, opened if no other in this process has opened it.
   *
   * @throws CannotException if the model is not there, is not the sealed one, or one of its files
   *     is not
   */
  public Scorer open() {
    synchronized (OPEN) {
      SoftReference<Scorer> known = OPEN.get(seal);
      @Nullable Scorer open = known == null ? null : known.get();
      if (open == null) {
        open = load();
        OPEN.put(seal, new SoftReference<>(open));
      }
      return open;
    }
  }

  /** Opens it, even if it is open already. */
  public Scorer load() {
    if (kind == Kind.STORE) {
      return Scorer.of(Model.read(new ArtifactReference(place, seal).open()));
    }
    ArtifactDirectory folder = ArtifactDirectory.open(Path.of(place));
    if (!folder.manifest().seal().equals(seal)) {
      throw CannotException.to(
          "open model " + place, "it is another one than when the pipeline was built");
    }
    return Scorer.of(Model.read(folder));
  }
}
