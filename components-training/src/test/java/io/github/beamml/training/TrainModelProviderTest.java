package io.github.beamml.training;

import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.split.Split;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class TrainModelProviderTest implements ProviderContract {
  private static final FeaturePlan PLAN = FeaturePlan.of(standardize("x"));
  private static final Split SPLIT = Split.byColumn("part");
  private static final RowBatch ROWS = Delays.rows(80);

  @Override
  public ComponentProvider provider() {
    return new TrainModelProvider();
  }

  /** What the model in the folder is, and of how many rows. */
  @Override
  public Object seen(ProviderRun run) {
    RowBatch row = run.output("output");
    Path folder = Path.of((String) row.value(0, "folder"));
    ArtifactDirectory files = ArtifactDirectory.open(folder);
    Model model = Model.read(files);
    return List.of(
        run.folder().relativize(folder).toString(),
        model.label(),
        model.trainer(),
        model.parameters().path("trees").asText(),
        model.threshold().rule(),
        model.preparation().features().slots(),
        CanonicalJson.parse("preparation", files.read("preparation.json")).path("zone").asText(),
        row.value(0, "train_rows"),
        row.value(0, "validation_rows"));
  }

  private static List<Object> model(String label, String trainer, String trees, Object... rest) {
    return List.of("model", label, trainer, trees, rest[0], List.of(rest[1]), "UTC", 52L, rest[2]);
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    Path features = folder.resolve("features.json");
    Files.write(features, PLAN.fit(Delays.SCHEMA, List.of(ROWS)).toBytes());
    String into = folder + "/model";
    ProviderCase base =
        ProviderCase.of(
                Map.of(
                    "label",
                    "late",
                    "label_is",
                    "delay > 30",
                    "plan",
                    "[{\"standardize\": \"x\"}]",
                    "split",
                    "{\"by_column\": \"part\"}",
                    "trainer_parameters",
                    "{\"trees\": 2, \"max_depth\": 2}",
                    "write_to",
                    into))
            .input(ROWS)
            .gives(model("late", "histogram_forest", "2", "0.5", "x", 0L));
    return List.of(
        base,
        ProviderCase.of(
                Map.of(
                    "label",
                    "late",
                    "label_is",
                    "delay > 30",
                    "features",
                    features.toString(),
                    "split",
                    "{\"by_column\": \"part\"}",
                    "threshold",
                    "max_f1 on validation",
                    "trainer_parameters",
                    "{\"trees\": 2, \"max_depth\": 2}",
                    "write_to",
                    into))
            .input(ROWS)
            .gives(model("late", "histogram_forest", "2", "max_f1 on validation", "x", 20L))
            .like(
                (pipeline, inputs) ->
                    inputs
                        .get("input")
                        .apply(
                            TrainModel.with(HistogramForestTrainer.trees(2).maxDepth(2))
                                .label("late", "delay > 30")
                                .featuresFrom(features.toString())
                                .on(SPLIT)
                                .threshold("max_f1 on validation")
                                .into(into))),
        base.with("label", "slow").gives(model("slow", "histogram_forest", "2", "0.5", "x", 0L)),
        base.with("label_is", "delay > 1000").fails("Invalid label: 1 class (must be two)"),
        base.with("features", features.toString())
            .fails("Invalid features: given (must be features or a plan)"),
        base.with("plan", "[{\"keep\": \"id\"}]")
            .gives(model("late", "histogram_forest", "2", "0.5", "id", 0L)),
        base.with("split", "{\"by_column\": \"city\"}")
            .fails(
                "Invalid dataset-split.by_column: Bern in column city (must be train, validation,"
                    + " test or none)"),
        base.with("threshold", "0.25")
            .gives(model("late", "histogram_forest", "2", "0.25", "x", 0L)),
        base.with("trainer", "histogram_boosting")
            .gives(model("late", "histogram_boosting", "2", "0.5", "x", 0L)),
        base.with("trainer_parameters", "{\"tress\": 2}")
            .fails("Invalid trainer_parameters.tress: unknown key (did you mean trees?)"),
        base.with("row_key", List.of("idd"))
            .fails("Invalid row_key: idd is not a column of the input (did you mean id?)"),
        base.with("zone", "Europe/Madrid")
            .gives(
                List.of(
                    "model",
                    "late",
                    "histogram_forest",
                    "2",
                    "0.5",
                    List.of("x"),
                    "Europe/Madrid",
                    52L,
                    0L)),
        base.with("write_to", folder + "/other")
            .gives(
                List.of(
                    "other",
                    "late",
                    "histogram_forest",
                    "2",
                    "0.5",
                    List.of("x"),
                    "UTC",
                    52L,
                    0L)));
  }
}
