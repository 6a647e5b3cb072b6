package io.github.beamml.serving;

import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.oneHot;

import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.model.TreePredictor;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.ForestConfig;
import io.github.beamml.engine.tree.HistogramForest;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small real model of trips that may take long, trained on rows made here. */
final class TripModel {
  static final RowSchema TRIPS =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("city", ValueType.STRING),
          Field.nullable("distance", ValueType.DOUBLE),
          Field.required("start", ValueType.TIMESTAMP));

  private static final List<String> CITIES = List.of("Bern", "Basel", "Genf");
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** Nothing reads it, but a trip of 1000 fails. */
  private static final Expression PACE =
      Expression.parse("derive.pace", "60 / (int(distance) - 1000)");

  private TripModel() {}

  static RowBatch trips(int from, int to) {
    RowBatchBuilder builder = RowBatch.builder(TRIPS);
    for (int id = from; id < to; id++) {
      SplittableRandom random = new SplittableRandom(id);
      String city = random.nextInt(10) == 0 ? null : CITIES.get(random.nextInt(3));
      Double distance = random.nextInt(10) == 0 ? null : random.nextDouble(100);
      builder.addRow((long) id, city, distance, random.nextInt(9000) * MICROS_PER_HOUR);
    }
    return builder.build();
  }

  /** Trained on trips 0 to 999; a city that is none of the three cannot be computed. */
  static Model train() {
    RowBatch rows = trips(0, 1000);
    FeaturePlan plan =
        FeaturePlan.of(
            impute("distance").withMedian(),
            impute("city").withConstant("Bern"),
            oneHot("city").unknownIsError(),
            cyclic("start").hour());
    FittedFeatures features = plan.fit(TRIPS, List.of(rows));
    Preparation preparation =
        Preparation.of(TRIPS, List.of(), "UTC", Map.of("pace", PACE), features);
    RowBatch prepared = preparation.apply(rows, RowErrors.fail());
    double[][] columns = new double[features.slots().size()][rows.size()];
    features.fillMatrix(prepared, columns, 0);
    byte[] labels = new byte[rows.size()];
    byte[] keys = new byte[rows.size() * Sha256.BYTES];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) (columns[0][row] + new SplittableRandom(-row).nextInt(60) > 80 ? 1 : 0);
      byte[] key = Sha256.of(ByteBuffer.allocate(Integer.BYTES).putInt(row).array());
      System.arraycopy(key, 0, keys, row * Sha256.BYTES, Sha256.BYTES);
    }
    return new Model(
        "long",
        "histogram_forest",
        CanonicalJson.object().put("trees", 20),
        new Threshold(0.5, "0.5"),
        preparation,
        new TreePredictor(
            HistogramForest.train(
                FeatureMatrix.of(features.slots(), columns),
                TrainingRows.of(labels, keys),
                ForestConfig.defaults().withTrees(20).withMaxDepth(8),
                1,
                Progress.NONE)));
  }

  static StoredArtifact store(Path folder) {
    Model model = train();
    Draft draft = ArtifactStore.at(folder.toString()).draft("run", "model-training");
    model.files().forEach(draft::write);
    return draft.publish(ArtifactKind.MODEL, model.content(), CanonicalJson.object());
  }
}
