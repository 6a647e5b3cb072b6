package io.github.beamml.serving;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.artifact.Digest;
import java.nio.file.Path;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Offers {@link Score} in every language. */
public final class ScoreProvider extends ComponentProvider {
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
            .withErrors(),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    Score score = score(configuration);
    PCollectionTuple scored =
        onlyInput(input)
            .apply(
                "Score",
                configuration.errorOutput().isPresent() ? score.keepingDeadLetters() : score);
    return outputs(configuration, scored.get(Score.ROWS), scored.get(Score.ERRORS));
  }

  private static Score score(Configuration configuration) {
    String model = configuration.get(MODEL);
    if (configuration.find(STORE).isEmpty()) {
      return Score.with(Path.of(model));
    }
    ArtifactStore store = ArtifactStore.at(configuration.get(STORE));
    Digest seal =
        model.startsWith(DIGEST)
            ? store.open(new Digest(model)).seal()
            : ModelRegistry.in(store.names()).resolve(model).seal();
    return Score.with(new ArtifactReference(store.root(), seal));
  }
}
