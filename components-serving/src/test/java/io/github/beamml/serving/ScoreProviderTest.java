package io.github.beamml.serving;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ScoreProviderTest implements ProviderContract {
  @TempDir static Path store;
  private static StoredArtifact model;

  @BeforeAll
  static void storeModel() {
    model = TripModel.store(store);
  }

  @Override
  public ComponentProvider provider() {
    return new ScoreProvider();
  }

  private static RowBatch scored(RowBatch rows) {
    return ScoreFn.of(ArtifactReference.to(ArtifactStore.at(store.toString()), model))
        .apply(rows, RowErrors.fail());
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    RowBatch trips = TripModel.trips(1000, 1020);
    RowBatchBuilder more = RowBatch.builder(TripModel.TRIPS);
    RowBatch unknownCity = more.addRow(1L, "Oslo", 1.0, 0L).build();
    RowBatch withABadOne = RowBatch.concat(TripModel.TRIPS, List.of(trips, unknownCity));

    ProviderCase stored =
        ProviderCase.of(Map.of("model", model.digest().text(), "store", store.toString()))
            .input(trips)
            .gives(scored(trips))
            .like(
                (pipeline, inputs) ->
                    inputs
                        .get("input")
                        .apply(
                            Score.with(
                                ArtifactReference.to(ArtifactStore.at(store.toString()), model))));
    return List.of(
        stored,
        stored.with("model", "trips@v1").fails("Invalid model: trips is not a registered model"),
        stored
            .without("store")
            .fails(
                "Cannot open artifact "
                    + model.digest().text()
                    + ": there is no manifest.json in it"),
        stored.without("store").with("model", model.folder()).gives(scored(trips)),
        ProviderCase.of(Map.of("model", model.folder()))
            .input(withABadOne)
            .gives(scored(trips))
            .deadLetters("column city has a value that is not in its vocabulary"));
  }
}
