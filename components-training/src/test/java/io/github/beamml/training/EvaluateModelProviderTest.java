package io.github.beamml.training;

import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

class EvaluateModelProviderTest implements ProviderContract {
  private static final String ALL = "null null 0.967 0.923 72 40";
  private static final RowBatch ROWS = Delays.rows(80);

  @Override
  public ComponentProvider provider() {
    return new EvaluateModelProvider();
  }

  /** AUC with its interval and the rows of each group, and what the gates said. */
  @Override
  public Object seen(ProviderRun run) {
    RowBatch figures = run.output("output");
    TreeSet<String> seen = new TreeSet<>();
    for (int row = 0; row < figures.size(); row++) {
      if (figures.value(row, "metric").equals("auc")) {
        seen.add(
            figures.value(row, "by")
                + " "
                + figures.value(row, "slice")
                + " "
                + number(figures, row, "value")
                + " "
                + number(figures, row, "low")
                + " "
                + figures.value(row, "rows")
                + " "
                + figures.value(row, "positives"));
      }
    }
    List<Object> all = new ArrayList<>(seen);
    if (run.outputs().containsKey("gates")) {
      RowBatch gates = run.output("gates");
      for (int row = 0; row < gates.size(); row++) {
        all.add(gates.value(row, "reason"));
      }
    }
    return all;
  }

  private static String number(RowBatch figures, int row, String column) {
    Object value = figures.value(row, column);
    return value == null ? "none" : Figures.decimal((Double) value, 3);
  }

  /** A model of a few trees on the training rows, registered nowhere. */
  private static StoredArtifact model(Path folder, long trees) {
    RowBatch rows = RowKey.of(List.of("id")).attach(ROWS);
    RowBatch labelled = GatherRows.apply("test", Label.of("late", "delay > 30").functions(), rows);
    FeaturePlan plan = FeaturePlan.of(standardize("x"));
    Preparation preparation =
        Preparation.of(
            Delays.SCHEMA, List.of(), "UTC", Map.of(), plan.fit(Delays.SCHEMA, List.of(ROWS)));
    Model model =
        new Training(HistogramForestTrainer.trees((int) trees).maxDepth(2), "late", "0.5")
            .train(
                preparation,
                GatherRows.apply("test", preparation.functions(), labelled),
                RowBatch.empty(labelled.schema()));
    Draft draft = ArtifactStore.at(folder + "/store").draft("monday", "model-training");
    model.files().forEach(draft::write);
    return draft.publish(ArtifactKind.MODEL, model.content(), CanonicalJson.object());
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    StoredArtifact model = model(folder, 2);
    StoredArtifact other = model(folder, 1);
    ProviderCase base =
        ProviderCase.of(Map.of("model", model.folder(), "label", "late", "label_is", "delay > 30"))
            .input(ROWS)
            .gives(List.of(ALL))
            .like(
                (pipeline, inputs) ->
                    inputs
                        .get("input")
                        .apply(
                            EvaluateModel.with(Path.of(model.folder())).label("late", "delay > 30"))
                        .get(EvaluateModel.FIGURES));
    return List.of(
        base,
        base.with("model", other.folder()).gives(List.of("null null 0.951 0.890 72 40")),
        ProviderCase.of(
                Map.of(
                    "model",
                    model.digest().text(),
                    "store",
                    folder + "/store",
                    "label",
                    "late",
                    "label_is",
                    "delay > 30"))
            .input(ROWS)
            .gives(List.of(ALL)),
        base.with("model", model.digest().text())
            .fails(
                "Cannot open artifact "
                    + model.digest().text()
                    + ": there is no manifest.json in it"),
        base.without("label_is")
            .with("label", "part")
            .fails("Invalid label: 2 classes (must be two; give a condition such as x > 15)"),
        base.without("label_is")
            .with("label", "parts")
            .fails("Invalid label: parts is not a column of the input (did you mean part?)"),
        base.with("label_is", "delay > 40").gives(List.of("null null 0.916 0.856 72 27")),
        base.with("slices", List.of("city"))
            .gives(List.of("city Bern 0.965 0.869 24 13", "city Genf 0.968 0.914 48 27", ALL)),
        base.with("slices", List.of("cityy"))
            .fails(
                "Invalid slices[0]: cityy is not a column of the input (did you mean city?) at"
                    + " position 1 of \"cityy\""),
        base.with("gate", List.of("auc >= 0.6", "auc > 1"))
            .gives(List.of(ALL, "auc 0.967 >= 0.6: passed", "auc 0.967 <= 1: refused")),
        base.with("gate", List.of("auc.change >= 0"))
            .fails(
                "Invalid gate[0]: auc.change >= 0 (must be without a change, as there is no"
                    + " baseline here)"),
        base.with("row_key", List.of("id")).gives(List.of("null null 0.967 0.919 72 40")),
        base.with("row_key", List.of("idd"))
            .fails("Invalid row_key: idd is not a column of the input (did you mean id?)"),
        base.with("zone", "Europe/Nowhere")
            .fails("Invalid label.is: Europe/Nowhere is not a known time zone"));
  }
}
