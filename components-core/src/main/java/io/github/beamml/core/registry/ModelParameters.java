package io.github.beamml.core.registry;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.artifact.Digest;
import java.nio.file.Path;

/** How a component is told which model it is about. */
public final class ModelParameters {
  private static final String DIGEST = "sha256:";

  private static final Parameter<String> MODEL =
      Parameter.string(
              "model",
              "A model's folder; with a store also its name and version (flight-delays@v3), its"
                  + " name and environment (flight-delays@prod) or its digest (sha256:...).")
          .required();
  private static final Parameter<String> STORE =
      Parameter.string(
          "store", "The artifact store that has the model; left out, model is a folder.");

  /** The parameters {@code model} and {@code store}. */
  public static final Descriptor DESCRIPTOR =
      Descriptor.of("model", "Which model it is.", MODEL, STORE);

  private ModelParameters() {}

  /**
   * The model that a configuration names, as it stands now.
   *
   * @throws io.github.beamml.engine.CannotException if there is none
   */
  public static SealedModel model(Configuration configuration) {
    String model = configuration.get(MODEL);
    if (configuration.find(STORE).isEmpty()) {
      return SealedModel.in(Path.of(model));
    }
    ArtifactStore store = ArtifactStore.at(configuration.get(STORE));
    Digest seal =
        model.startsWith(DIGEST)
            ? store.open(new Digest(model)).seal()
            : ModelRegistry.in(store.names()).resolve(model).seal();
    return SealedModel.in(new ArtifactReference(store.root(), seal));
  }
}
