package io.github.beamml.serving;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.row.BatchFn;
import java.nio.file.Path;
import java.util.List;

/** Offers {@link Score} in every language. */
public final class ScoreProvider extends FunctionProvider {
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

  public ScoreProvider() {
    super(
        Descriptor.of(
                "score",
                "Scores raw rows with a model: adds margin, probability and flagged.",
                MODEL,
                STORE)
            .withErrors());
  }

  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    return List.of(score(configuration));
  }

  private static ScoreFn score(Configuration configuration) {
    String model = configuration.get(MODEL);
    if (configuration.find(STORE).isEmpty()) {
      return ScoreFn.of(Path.of(model));
    }
    ArtifactStore store = ArtifactStore.at(configuration.get(STORE));
    Digest seal =
        model.startsWith(DIGEST)
            ? store.open(new Digest(model)).seal()
            : ModelRegistry.in(store.names()).resolve(model).seal();
    return ScoreFn.of(new ArtifactReference(store.root(), seal));
  }
}
