package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what scikit-learn computed (benchmarks/fixtures/make_fixtures.py). */
class MetricsFixtureTest {
  private static final String FIXTURE = "/fixtures/classification_metrics.json";

  static Stream<Arguments> cases() throws IOException {
    try (InputStream in = MetricsFixtureTest.class.getResourceAsStream(FIXTURE)) {
      JsonNode cases = CanonicalJson.parse(FIXTURE, in.readAllBytes()).get("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(each -> Arguments.of(each.get("name").asText(), each));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aucOfRanksIsExact(String name, JsonNode fixture) {
    double[] distinct = Arrays.stream(scores(fixture)).distinct().sorted().toArray();
    double[] ranks =
        Arrays.stream(scores(fixture)).map(s -> Arrays.binarySearch(distinct, s)).toArray();
    Group group = group(fixture, ranks, 0.5);
    assertThat(value(group, Metric.AUC)).isEqualTo(number(fixture.at("/exact/auc")));
    assertThat(value(group, Metric.PR_AUC))
        .isCloseTo(number(fixture.at("/expected/average_precision")), within(1e-14));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aucOfScoresIsWithinHalfOfTheTiedMass(String name, JsonNode fixture) {
    Group group = group(fixture, scores(fixture), 0.5);
    assertThat(value(group, Metric.AUC))
        .isCloseTo(number(fixture.at("/exact/auc")), within(group.tiedMass() / 2 + 1e-15));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void logLossAndBrierAgree(String name, JsonNode fixture) {
    Group group = group(fixture, scores(fixture), 0.5);
    assertThat(value(group, Metric.LOG_LOSS))
        .isCloseTo(number(fixture.at("/expected/log_loss")), within(1e-14));
    assertThat(value(group, Metric.BRIER))
        .isCloseTo(number(fixture.at("/exact/brier")), within(1e-16));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void confusionAgreesAtEveryThreshold(String name, JsonNode fixture) {
    for (JsonNode expected : fixture.at("/expected/by_threshold")) {
      Group group = group(fixture, scores(fixture), number(expected.get("threshold")));
      assertThat(group.confusion())
          .isEqualTo(
              new Confusion(
                  expected.get("true_positives").asLong(),
                  expected.get("false_positives").asLong(),
                  expected.get("false_negatives").asLong(),
                  expected.get("true_negatives").asLong()));
      for (Metric metric : new Metric[] {Metric.ACCURACY, Metric.RECALL, Metric.F1}) {
        assertThat(value(group, metric)).isEqualTo(number(expected.get(metric.key())));
      }
      // scikit-learn says 0 where nothing is flagged; here precision is absent.
      assertThat(group.estimate(Metric.PRECISION).value().orElse(0.0))
          .isEqualTo(number(expected.get("precision")));
    }
  }

  private static Group group(JsonNode fixture, double[] margins, double threshold) {
    double[] scores = scores(fixture);
    byte[] labels = new byte[scores.length];
    byte[] keys = new byte[32 * scores.length];
    MetricCounts counts = MetricCounts.at(threshold);
    for (int row = 0; row < scores.length; row++) {
      labels[row] = (byte) fixture.get("labels").get(row).asInt();
      System.arraycopy(Sample.key(row), 0, keys, 32 * row, 32);
      counts.add(margins[row], scores[row], labels[row] == 1);
    }
    ScoredRows rows = ScoredRows.of(margins, scores, labels, keys, java.util.List.of());
    Group evaluated =
        Evaluator.at(new Threshold(threshold, "given"))
            .withBootstrap(Bootstrap.of(7).withReplicates(0))
            .evaluate(rows)
            .overall();
    assertThat(counts.group()).isEqualTo(evaluated);
    return evaluated;
  }

  private static double[] scores(JsonNode fixture) {
    return StreamSupport.stream(fixture.get("scores").spliterator(), false)
        .mapToDouble(MetricsFixtureTest::number)
        .toArray();
  }

  private static double number(JsonNode hex) {
    return CanonicalJson.parseFloat64(hex.asText());
  }

  private static double value(Group group, Metric metric) {
    return group.estimate(metric).value().orElseThrow();
  }
}
