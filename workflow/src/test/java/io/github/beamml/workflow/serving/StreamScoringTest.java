package io.github.beamml.workflow.serving;

import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.keep;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.model.TreePredictor;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import io.github.beamml.io.kafka.KafkaConnection;
import io.github.beamml.portability.RunnerProfile;
import io.github.beamml.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
final class StreamScoringTest {
  private static final RowSchema CARS =
      RowSchema.of(
          Field.required("plate", ValueType.INT64),
          Field.nullable("make", ValueType.STRING),
          Field.nullable("speed", ValueType.DOUBLE),
          Field.nullable("weight", ValueType.DOUBLE),
          Field.required("seen", ValueType.TIMESTAMP));

  @TempDir static Path folder;
  private static ArtifactReference model;

  @BeforeAll
  static void storeModel() {
    RowBatch cars = cars(0, 200);
    FeaturePlan plan =
        FeaturePlan.of(
            impute("speed").withMedian(), oneHot("make").unknownIsError(), keep("weight"));
    FittedFeatures features = plan.fit(cars.schema(), List.of(cars));
    TreeEnsembleBuilder trees =
        new TreeEnsembleBuilder(
            TreeEnsemble.Kind.FOREST, features.slots(), 0, new double[features.slots().size()]);
    SplittableRandom random = new SplittableRandom(3);
    for (int tree = 0; tree < 50; tree++) {
      int feature = random.nextInt(features.slots().size());
      trees
          .split(feature, random.nextDouble(100), false)
          .leaf(StrictMath.rint(random.nextDouble() * 0x1p32) / 0x1p32)
          .leaf(StrictMath.rint(random.nextDouble() * 0x1p32) / 0x1p32);
    }
    Model fast =
        new Model(
            "fast",
            "by_hand",
            CanonicalJson.object(),
            new Threshold(0.5, "0.5"),
            Preparation.of(cars.schema(), List.of(), "UTC", Map.of(), features),
            new TreePredictor(trees.build()));
    ArtifactStore store = ArtifactStore.at(folder.toString());
    Draft draft = store.draft("run", "model-training");
    fast.files().forEach(draft::write);
    model =
        ArtifactReference.to(
            store, draft.publish(ArtifactKind.MODEL, fast.content(), CanonicalJson.object()));
  }

  @Test
  void everyRowComesBackWithTheBitsOfTheScorer(KafkaBroker broker) {
    RowBatch cars = cars(0, 20_000);
    Map<String, Scorer.Score> scores =
        StreamScoring.score(
            RunnerProfile.direct().toStreamOptions(),
            KafkaConnection.of(broker.bootstrapServers(), Map.of()),
            "every-row",
            cars,
            model);
    assertThat(scores).isEqualTo(expected(cars));
  }

  @Test
  void nanAndInfinitiesComeThrough(KafkaBroker broker) {
    RowBatchBuilder builder = RowBatch.builder(CARS);
    builder.addRow(1L, "Fiat", Double.NaN, 1.0, 0L);
    builder.addRow(2L, "Fiat", Double.POSITIVE_INFINITY, 2.0, 0L);
    builder.addRow(3L, null, null, 1e-310, 0L);
    builder.addRow(4L, "Audi", 99.5, null, 0L);
    RowBatch cars = RowKey.of(List.of("plate")).attach(builder.build());
    Map<String, Scorer.Score> scores =
        StreamScoring.score(
            RunnerProfile.direct().toStreamOptions(),
            KafkaConnection.of(broker.bootstrapServers(), Map.of()),
            "not-finite",
            cars,
            model);
    assertThat(scores).isEqualTo(expected(cars));
  }

  @Test
  void aRowThatCannotBeScoredFailsWithItsReason(KafkaBroker broker) {
    RowBatch cars =
        RowKey.of(List.of("plate"))
            .attach(RowBatch.builder(CARS).addRow(1L, "Zeppelin", 1.0, 1.0, 0L).build());
    assertThatThrownBy(
            () ->
                StreamScoring.score(
                    RunnerProfile.direct().toStreamOptions(),
                    KafkaConnection.of(broker.bootstrapServers(), Map.of()),
                    "no-score",
                    cars,
                    model))
        .hasMessage("Cannot continue score: column make has a value that is not in its vocabulary");
  }

  private static RowBatch cars(int from, int to) {
    RowBatchBuilder builder = RowBatch.builder(CARS);
    for (int plate = from; plate < to; plate++) {
      SplittableRandom random = new SplittableRandom(plate);
      builder.addRow(
          (long) plate,
          random.nextBoolean() ? "Fiat" : "Audi",
          random.nextInt(9) == 0 ? null : random.nextDouble(200),
          random.nextDouble(3000),
          random.nextLong(1L << 50));
    }
    return RowKey.of(List.of("plate")).attach(builder.build());
  }

  private static Map<String, Scorer.Score> expected(RowBatch cars) {
    RowBatch scored = Scorer.of(Model.read(model.open())).score(cars, RowErrors.fail());
    int key = scored.schema().position(Field.ROW_KEY.name());
    Map<String, Scorer.Score> scores = new HashMap<>();
    for (int row = 0; row < scored.size(); row++) {
      scores.put(Hex.of(scored.bytes(key).get(row)), Scorer.scoreOf(scored, row));
    }
    return scores;
  }
}
