package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ApplyFeaturesProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ApplyFeaturesProvider();
  }

  private static String fitted(Path file, FeaturePlan plan, RowBatch rows) throws IOException {
    return Files.write(file, plan.fit(rows.schema(), List.of(rows)).toBytes()).toString();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    RowBatch rows = Fares.of("a", 1.0, "a", 3.0);
    FeaturePlan indexed = FeaturePlan.of(index("carrier").unknownIsError());
    String standard =
        fitted(folder.resolve("standard.json"), FeaturePlan.of(standardize("x")), rows);
    String known = fitted(folder.resolve("known.json"), indexed, rows);
    String unknown = fitted(folder.resolve("unknown.json"), indexed, Fares.of("b", 1.0));

    ProviderCase base =
        ProviderCase.of(Map.of("features", standard))
            .input(rows)
            .gives(Fares.of("a", -1.0, "a", 1.0))
            .like((pipeline, inputs) -> inputs.get("input").apply(Features.applyFrom(standard)));
    String none = folder + "/none.json";
    return List.of(
        base,
        base.with("features", known).gives(Fares.indexed("a", 1.0, 0L, "a", 3.0, 0L)),
        base.with("features", unknown)
            .gives(Fares.indexed())
            .deadLetters(
                "column carrier has a value that is not in its vocabulary",
                "column carrier has a value that is not in its vocabulary"),
        base.with("features", none)
            .fails("Cannot read fitted features " + none + ": there is no such file"));
  }
}
