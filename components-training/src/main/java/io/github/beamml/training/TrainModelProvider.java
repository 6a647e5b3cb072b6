package io.github.beamml.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowKeyFn;
import io.github.beamml.engine.split.Split;
import io.github.beamml.features.Features;
import io.github.beamml.features.FitFeatures;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;

/** {@link TrainModel} for every SDK. */
public final class TrainModelProvider extends ComponentProvider {
  private static final Parameter<String> TRAINER =
      Parameter.string("trainer", "What learns, by its name.").defaultTo("histogram_forest");
  private static final Parameter<String> TRAINER_PARAMETERS =
      Parameter.string(
              "trainer_parameters",
              "The trainer's parameters as JSON, such as {\"trees\": 100, \"seed\": 7}.")
          .defaultTo("{}");
  private static final Parameter<String> FEATURES =
      Parameter.string("features", "File of fitted features; else give a plan.");
  private static final Parameter<String> PLAN =
      Parameter.string(
          "plan", "Features to fit to the training rows, as the JSON that fit_features takes.");
  private static final Parameter<String> SPLIT =
      Parameter.string(
          "split",
          "A split as JSON, such as {\"by_time\": \"sched_dep\", \"test_from\": \"2013-11-01\"};"
              + " its training rows train, its validation rows give the threshold. Without it all"
              + " rows train.");
  private static final Parameter<String> THRESHOLD =
      Parameter.string(
              "threshold",
              "From which probability on a row is flagged: a number, or max_f1 on validation.")
          .defaultTo("0.5");
  private static final Parameter<String> WRITE_TO =
      Parameter.string("write_to", "Folder that the model is written to.").required();

  public TrainModelProvider() {
    super(
        Descriptor.of(
                "train_model",
                "Trains a model on bounded raw rows and writes it into a folder; gives a row about"
                    + " it.",
                TRAINER,
                TRAINER_PARAMETERS,
                FEATURES,
                PLAN,
                SPLIT,
                THRESHOLD,
                WRITE_TO)
            .with(LabelParameters.DESCRIPTOR),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    String zone = configuration.get(LabelParameters.ZONE);
    Label label = LabelParameters.label(configuration);
    Optional<Split> split =
        configuration
            .find(SPLIT)
            .map(text -> Split.fromJson(CanonicalJson.parse("split", text), zone));
    List<String> rowKey = LabelParameters.rowKey(configuration);
    PCollection<Row> rows = onlyInput(input);
    PCollection<Row> keyed =
        rowKey.isEmpty()
            ? rows
            : rows.apply("RowKeys", ApplyToRows.of(RowKeyFn.of(RowKey.of(rowKey))))
                .get(ApplyToRows.ROWS);
    TrainModel train =
        features(TrainModel.with(trainer(configuration)), configuration, keyed, split, label)
            .label(label)
            .zone(zone)
            .threshold(configuration.get(THRESHOLD))
            .into(configuration.get(WRITE_TO));
    return PCollectionRowTuple.of(OUTPUT, keyed.apply("Train", split.map(train::on).orElse(train)));
  }

  private static TrainModel features(
      TrainModel train,
      Configuration configuration,
      PCollection<Row> rows,
      Optional<Split> split,
      Label label) {
    Optional<String> plan = configuration.find(PLAN);
    Optional<String> file = configuration.find(FEATURES);
    if (plan.isPresent() == file.isPresent()) {
      throw InvalidInputException.because(
          "features", (file.isPresent() ? "given" : "missing") + " (must be features or a plan)");
    }
    if (file.isPresent()) {
      return train.featuresFrom(file.get());
    }
    FitFeatures fit =
        Features.fit(
                FeaturePlan.fromJson(
                    CanonicalJson.parse("plan", plan.get()),
                    configuration.get(LabelParameters.ZONE)))
            .label(label);
    return train.features(rows.apply("Fit", split.map(parts -> fit.on(parts.train())).orElse(fit)));
  }

  private static Trainer trainer(Configuration configuration) {
    JsonNode json =
        CanonicalJson.parse("trainer_parameters", configuration.get(TRAINER_PARAMETERS));
    if (!(json instanceof ObjectNode object)) {
      throw InvalidInputException.of("trainer_parameters", json, "a JSON object");
    }
    return Trainers.create("trainer_parameters", configuration.get(TRAINER), object);
  }
}
