package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.split.Split;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

class FitFeaturesProviderTest implements ProviderContract {
  private static final String STANDARDIZE = "[{\"standardize\": \"x\"}]";
  private static final String BY_TIME = "{\"by_time\": \"at\", \"test_from\": \"1970-01-02\"}";
  private static final long DAY = 86_400_000_000L;

  /** Fitted on x 1 and 3; the third row is a day later. */
  private static RowBatch rows() {
    return Fares.rows("{at: timestamp, x: double}", 0L, 1.0, 1L, 3.0, DAY, 7.0);
  }

  @Override
  public ComponentProvider provider() {
    return new FitFeaturesProvider();
  }

  /** The rows, and the plan of what was written, if anything was. */
  @Override
  public Object seen(ProviderRun run) throws IOException {
    RowBatch output = run.output("output");
    List<Object> rows = new ArrayList<>();
    for (int row = 0; row < output.size(); row++) {
      rows.add(output.row(row));
    }
    rows.sort(Comparator.comparing(String::valueOf));
    Path file = run.folder().resolve("features.json");
    if (Files.exists(file)) {
      rows.add(FittedFeatures.parse(Files.readAllBytes(file)).digest());
    }
    return rows;
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    FeaturePlan plan = FeaturePlan.of(standardize("x"));
    RowBatch training = rows().take(new int[] {0, 1});
    List<Object> ofTwo = List.of(List.of(0L, -1.0), List.of(1L, 1.0), List.of(DAY, 5.0));
    List<Object> written = new ArrayList<>(ofTwo);
    written.add(plan.fit(training.schema(), List.of(training)).digest());
    String file = folder + "/features.json";

    ProviderCase base =
        ProviderCase.of(Map.of("plan", "[{\"min_max\": \"x\"}]"))
            .input(rows())
            .gives(List.of(List.of(0L, 0.0), List.of(1L, 1.0 / 3), List.of(DAY, 1.0)));
    ProviderCase split = base.with("plan", STANDARDIZE).with("split", BY_TIME);
    return List.of(
        base,
        base.with("split", BY_TIME)
            .gives(List.of(List.of(0L, 0.0), List.of(1L, 1.0), List.of(DAY, 3.0))),
        split.gives(ofTwo),
        split
            .with("write_to", file)
            .gives(written)
            .like(
                (pipeline, inputs) -> {
                  Features features =
                      inputs
                          .get("input")
                          .apply(
                              Features.fit(plan)
                                  .on(Split.byTime("at").testFrom("1970-01-02").train()));
                  features.writeTo(file);
                  return features.rows();
                }),
        base.with("split", BY_TIME)
            .with("zone", "America/New_York")
            .gives(List.of(List.of(0L, 0.0), List.of(1L, 1.0 / 3), List.of(DAY, 1.0))));
  }
}
