package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final Evaluator HALF =
      Evaluator.at(new Threshold(0.5, "0.5")).withBootstrap(Bootstrap.of(7));
  private static final ScoredRows ROWS = Sample.of(2_000, 30);
  private static final Evaluation MODEL = HALF.evaluate(ROWS);

  @Test
  void theKeyAsTypedIsNamed() {
    assertThatThrownBy(() -> Gate.parse("model-testing.gate[1]", "auk >= 1"))
        .hasMessage(
            "Invalid model-testing.gate[1]: auk is not a figure (did you mean auc?) at position 1"
                + " of \"auk >= 1\"");
  }

  @Test
  void figuresDecideAndAreShown() {
    double auc = MODEL.estimate(Metric.AUC).value().orElseThrow();
    double low = MODEL.estimate(Metric.AUC).interval().orElseThrow().low();
    assertThat(judge("auc >= 0.6"))
        .isEqualTo(List.of("auc " + Figures.decimal(auc, 3) + " >= 0.6: passed"));
    assertThat(judge("auc.low > 0.9"))
        .isEqualTo(List.of("auc.low " + Figures.decimal(low, 3) + " <= 0.9: refused"));
  }

  @Test
  void aFigureNearTheNumberIsShownWithAsManyDigitsAsItTakes() {
    assertThat(Figures.against(0.59996, 0.6)).isEqualTo("0.59996");
    assertThat(Figures.against(0.5999999, 0.6)).isEqualTo("0.5999999");
    assertThat(Figures.against(0.6, 0.6)).isEqualTo("0.600");
    assertThat(Figures.against(-0.0004, 0)).isEqualTo("-0.0004");
  }

  @Test
  void slicesThatFailAreNamedFromTheWorst() {
    Evaluation evaluation = HALF.evaluate(threeSlices());
    assertThat(judge(evaluation, "accuracy by group >= 0.8"))
        .containsExactly(
            "accuracy by group: c 0.250 < 0.8 (4 rows), b 0.500 < 0.8 (4 rows); 2 of 3 slices:"
                + " refused");
    assertThat(judge(evaluation, "accuracy by group >= 0.2"))
        .containsExactly("accuracy by group: c 0.250 >= 0.2 (4 rows), lowest of 3 slices: passed");
    assertThat(judge(evaluation, "accuracy by group >= 0.8 where rows >= 5"))
        .containsExactly("accuracy by group: a 1.000 >= 0.8 (6 rows): passed");
  }

  @Test
  void whatAMetricMustReachIsKnownOfAPlainGateAlone() {
    assertThat(Gate.parse("auc.low by x >= 0.5 + 0.1").limitOf(Metric.AUC)).hasValue(0.6);
    assertThat(Gate.parse("brier < 0.2").limitOf(Metric.BRIER)).hasValue(0.2);
    assertThat(Gate.parse("brier < 0.2").limitOf(Metric.AUC)).isEmpty();
    assertThat(Gate.parse("auc.change >= 0").limitOf(Metric.AUC)).isEmpty();
    assertThat(Gate.parse("auc - 0 >= 0.6").limitOf(Metric.AUC)).isEmpty();
    assertThat(Gate.parse("auc >= f1").limitOf(Metric.AUC)).isEmpty();
  }

  @Test
  void aGateThatLooksAtNoSliceIsRefused() {
    assertThat(judge(HALF.evaluate(threeSlices()), "auc by group >= 0.8 where rows >= 500"))
        .containsExactly("auc by group: no slice with rows >= 500: refused");
  }

  @Test
  void anAbsentFigureIsRefused() {
    Evaluation negatives = HALF.evaluate(Sample.plain(new double[] {0.1, 0.2}, 0, 0));
    assertThat(judge(negatives, "auc.low >= 0.1"))
        .containsExactly("auc.low absent, no positives: refused");
  }

  @Test
  void bothSidesMayBeExpressions() {
    assertThat(judge("f1 - brier >= 0.1 + 0.1"))
        .containsExactly("f1 - brier: 0.348 >= 0.1 + 0.1: passed");
    assertThat(judge("auc.high < 1.05 * auc.low"))
        .containsExactly("auc.high 0.713 >= 0.705 = 1.05 * auc.low: refused");
    assertThat(judge(HALF.evaluate(threeSlices()), "accuracy by group >= 1.5 * f1"))
        .containsExactly(
            "accuracy by group: a 1.000 < 1.500 = 1.5 * f1 (6 rows), c 0.250 < 0.600 = 1.5 * f1 (4"
                + " rows), b 0.500 < 0.750 = 1.5 * f1 (4 rows); 3 of 3 slices: refused");
    assertThat(judge(HALF.evaluate(threeSlices()), "accuracy by group >= 0.5 * f1"))
        .containsExactly(
            "accuracy by group: c 0.250 >= 0.200 = 0.5 * f1 (4 rows), closest of 3 slices: passed");
  }

  @Test
  void aSideThatCannotBeComputedMeetsNoRule() {
    Evaluation negatives = HALF.evaluate(Sample.plain(new double[] {0.1, 0.2}, 0, 0));
    assertThat(judge(negatives, "brier - f1 <= 1"))
        .containsExactly("brier - f1: absent, f1: no positives and no row is flagged: refused");
    assertThat(judge(negatives, "brier < recall + 1"))
        .containsExactly("brier against recall + 1 absent, recall: no positives: refused");
    assertThat(judge(negatives, "brier / positives > 1"))
        .containsExactly("brier / positives: absent, not a finite number: refused");
    assertThat(judge(negatives, "brier > int(rows) / int(positives)"))
        .containsExactly(
            "brier against int(rows) / int(positives) absent, gate: division by zero at"
                + " position 19 of \"brier > int(rows) / int(positives)\": refused");
  }

  @Test
  void aConditionMayAskForAnyFigure() {
    assertThat(
            judge(
                HALF.evaluate(threeSlices()),
                "accuracy by group >= 0.8 where rows >= 4 && positives / rows == 0.5 && f1 < 0.6"))
        .containsExactly(
            "accuracy by group: c 0.250 < 0.8 (4 rows), b 0.500 < 0.8 (4 rows); 2 of 2 slices:"
                + " refused");
  }

  @Test
  void changesOfSlicesAreComparedSliceBySlice() {
    Baseline prior = Baseline.of(HALF.evaluate(threeSlices().withConstant(0.75)));
    assertThat(judgeChange("accuracy.change by group >= -0.1 where rows > 4", prior))
        .containsExactly("accuracy.change by group: a 0.500 >= -0.1 (6 rows): passed");
    assertThat(judgeChange("accuracy.change by group >= 0", prior))
        .containsExactly("accuracy.change by group: c -0.250 < 0 (4 rows): refused");
    assertThat(judgeChange("accuracy by group >= 0.6 where accuracy.change >= 0", prior))
        .containsExactly("accuracy by group: b 0.500 < 0.6 (4 rows): refused");
  }

  @Test
  void aSliceThatTheBaselineLacksMeetsNoRule() {
    ScoredRows rows = threeSlices();
    ScoredRows.Builder renamed = ScoredRows.sliced(List.of("group"));
    for (int row = 0; row < rows.size(); row++) {
      String group = rows.slices().get(0).values().get(rows.slices().get(0).code(row));
      renamed.add(
          0,
          0.5,
          rows.isPositive(row),
          Arrays.copyOfRange(rows.keys(), 32 * row, 32 * row + 32),
          group.equals("b") ? "B" : group);
    }
    assertThat(
            judgeChange(
                "accuracy.change by group >= -1", Baseline.of(HALF.evaluate(renamed.build()))))
        .containsExactly(
            "accuracy.change by group: b absent, the baseline has no such slice (4 rows):"
                + " refused");
  }

  @Test
  void theChangeOfASliceHasNoInterval() {
    assertThatThrownBy(() -> Gate.parse("auc.change.low by x >= 0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid gate: auc.change.low by x >= 0 (must be without by, as a slice has no"
                + " auc.change.low)");
  }

  @Test
  void theChangeAgainstTheBaselineDecides() {
    Evaluation prior = HALF.evaluate(ROWS.withConstant(0.4));
    Verdict verdict =
        gates(Optional.of(IfNoBaseline.REFUSE), "auc.change >= 0.05", "log_loss.change.high <= -1")
            .judge(MODEL, Baseline.of(prior));
    double change = MODEL.changeFrom(prior, Metric.AUC).value().orElseThrow();
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.results().get(0))
        .isEqualTo(
            new GateResult(
                "auc.change >= 0.05",
                true,
                "auc.change " + Figures.decimal(change, 3) + " >= 0.05: passed"));
    assertThat(verdict.results().get(1).passed()).isFalse();
  }

  @Test
  void withoutBaselineWhatWasSaidHolds() {
    assertThat(
            gates(Optional.of(IfNoBaseline.PASS), "auc.change >= -0.01")
                .judge(MODEL, Baseline.none())
                .reasons())
        .containsExactly("auc.change: no baseline, if_no_baseline is pass: passed");
    assertThat(
            gates(Optional.of(IfNoBaseline.REFUSE), "auc.change >= -0.01")
                .judge(MODEL, Baseline.none())
                .reasons())
        .containsExactly("auc.change: no baseline, if_no_baseline is refuse: refused");
    assertThat(
            gates(Optional.of(IfNoBaseline.REFUSE), "auc by month >= 2 * auc.change")
                .judge(MODEL, Baseline.none("small v1 in prod reads column z"))
                .reasons())
        .containsExactly(
            "auc by month: no baseline (small v1 in prod reads column z), if_no_baseline is"
                + " refuse: refused");
    assertThatThrownBy(() -> gates(Optional.empty(), "auc.change >= -0.01"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid if_no_baseline: missing (must be pass or refuse, as a gate compares with the"
                + " baseline: auc.change >= -0.01)");
    assertThatThrownBy(() -> IfNoBaseline.parse("if_no_baseline", "maybe"))
        .hasMessage("Invalid if_no_baseline: maybe (must be pass or refuse)");
  }

  @Test
  void anUnknownSliceIsRefusedBeforeAnythingRuns() {
    assertThatThrownBy(
            () -> gates(Optional.empty(), "auc by colur >= 0.5").check(List.of("colour", "month")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid gate: colur is not one of slices (did you mean colour?)");
    gates(Optional.empty(), "auc by month( sched_dep ) >= 0.5").check(List.of("month(sched_dep)"));
    gates(Optional.empty(), "auc by (x > 1) >= 0.5").check(List.of("x>1"));
  }

  @Test
  void withoutGatesTheVerdictIsPassed() {
    assertThat(gates(Optional.empty()).judge(MODEL, Baseline.none()).word()).isEqualTo("passed");
  }

  @Test
  void aVerdictSurvivesTheFile() {
    Verdict verdict =
        gates(Optional.of(IfNoBaseline.PASS), "auc >= 0.6", "auc.change > 0", "f1 by month > 0.9")
            .judge(MODEL, Baseline.none());
    String text = CanonicalJson.text(verdict.toJson());
    assertThat(Verdict.fromJson("it", CanonicalJson.parse("it", text))).isEqualTo(verdict);
    assertThatThrownBy(
            () ->
                Verdict.fromJson(
                    "verdict.json",
                    CanonicalJson.parse(
                        "it", text.replace("\"passed\":false}", "\"passed\":true}"))))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot read verdict.json: its verdict does not follow from its gates");
  }

  private static ScoredRows threeSlices() {
    ScoredRows.Builder builder = ScoredRows.sliced(List.of("group"));
    add(builder, "a", 6, 6);
    add(builder, "b", 4, 2);
    add(builder, "c", 4, 1);
    return builder.build();
  }

  /** Rows half of which are positive, of which so many are flagged rightly. */
  private static void add(ScoredRows.Builder builder, String group, int rows, int right) {
    for (int row = 0; row < rows; row++) {
      boolean positive = row % 2 == 0;
      double probability = positive == (row < right) ? 0.75 : 0.25;
      builder.add(
          probability, probability, positive, Sample.key(group.charAt(0) * 100 + row), group);
    }
  }

  private static List<String> judge(String gate) {
    return judge(MODEL, gate);
  }

  private static List<String> judge(Evaluation evaluation, String gate) {
    return gates(Optional.empty(), gate).judge(evaluation, Baseline.none()).reasons();
  }

  private static List<String> judgeChange(String gate, Baseline baseline) {
    return gates(Optional.of(IfNoBaseline.REFUSE), gate)
        .judge(HALF.evaluate(threeSlices()), baseline)
        .reasons();
  }

  private static Gates gates(Optional<IfNoBaseline> ifNoBaseline, String... texts) {
    return Gates.of(Arrays.stream(texts).map(Gate::parse).toList(), ifNoBaseline);
  }
}
