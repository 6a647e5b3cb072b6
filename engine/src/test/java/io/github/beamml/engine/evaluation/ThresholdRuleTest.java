package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import org.junit.jupiter.api.Test;

class ThresholdRuleTest {
  private static final ThresholdRule MAX_F1 = ThresholdRule.parse("max_f1 on validation");

  @Test
  void aNumberIsTheThreshold() {
    ThresholdRule rule = ThresholdRule.parse(" 0.31 ");
    assertThat(rule.needsValidation()).isFalse();
    assertThat(rule.resolve(Sample.plain(new double[0]))).isEqualTo(new Threshold(0.31, "0.31"));
  }

  @Test
  void maxF1IsFoundAmongTheScores() {
    // F1 from 0.9 down: 2/4, 2/5, 4/6, 6/7, 6/8.
    ScoredRows rows = Sample.plain(new double[] {0.2, 0.9, 0.8, 0.5, 0.3}, 0, 1, 0, 1, 1);
    assertThat(MAX_F1.needsValidation()).isTrue();
    assertThat(MAX_F1.resolve(rows)).isEqualTo(new Threshold(0.3, "max_f1 on validation"));
  }

  @Test
  void ofEqualF1TheLargestThresholdIsTaken() {
    // F1 from 0.9 down: 2/3, 2/4, 4/6.
    ScoredRows rows = Sample.plain(new double[] {0.9, 0.6, 0.4, 0.4}, 1, 0, 1, 0);
    assertThat(MAX_F1.resolve(rows).value()).isEqualTo(0.9);
  }

  @Test
  void equalScoresAreFlaggedTogether() {
    ScoredRows rows = Sample.plain(new double[] {0.5, 0.5, 0.5, 0.1}, 1, 0, 1, 0);
    assertThat(MAX_F1.resolve(rows).value()).isEqualTo(0.5);
  }

  @Test
  void maxF1EqualsATryOfEveryScore() {
    ScoredRows rows = Sample.of(500, 20);
    double best = 0;
    double bestF1 = -1;
    for (double candidate = 0.001; candidate < 1; candidate += 0.001) {
      double threshold = StrictMath.rint(candidate * 1000) / 1000;
      MetricCounts counts = MetricCounts.at(threshold);
      for (int row = 0; row < rows.size(); row++) {
        counts.add(rows.margin(row), rows.probability(row), rows.isPositive(row));
      }
      double f1 = counts.group().estimate(Metric.F1).value().orElseThrow();
      if (f1 >= bestF1) {
        best = threshold;
        bestF1 = f1;
      }
    }
    assertThat(MAX_F1.resolve(rows).value()).isEqualTo(best);
  }

  @Test
  void withoutPositivesThereIsNoMaximum() {
    assertThatThrownBy(() -> MAX_F1.resolve(Sample.plain(new double[] {0.5, 0.6}, 0, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid threshold: max_f1 on validation has no positive row to look at (2 rows)");
  }

  @Test
  void otherTextsAreRefused() {
    assertThatThrownBy(() -> ThresholdRule.parse("max_f1 on validaton"))
        .hasMessage(
            "Invalid threshold: max_f1 on validaton (must be a number between 0 and 1, or max_f1 on"
                + " validation) (did you mean max_f1 on validation?)");
    assertThatThrownBy(() -> ThresholdRule.parse("1.5"))
        .hasMessage("Invalid threshold: 1.5 (must be between 0 and 1)");
    assertThatThrownBy(() -> ThresholdRule.parse("-1"))
        .hasMessage(
            "Invalid threshold: -1 (must be a number between 0 and 1, or max_f1 on validation)");
  }
}
