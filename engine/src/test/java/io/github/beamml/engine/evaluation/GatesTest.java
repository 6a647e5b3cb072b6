package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.Gate.Compare;
import io.github.beamml.engine.evaluation.Gate.Condition;
import io.github.beamml.engine.evaluation.Gate.Count;
import io.github.beamml.engine.evaluation.Gate.Part;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
  private static final Evaluator HALF =
      Evaluator.at(new Threshold(0.5, "0.5")).withBootstrap(Bootstrap.of(7));
  private static final ScoredRows ROWS = Sample.of(2_000, 30);
  private static final Evaluation MODEL = HALF.evaluate(ROWS);

  @Test
  void aGateIsReadInAllItsParts() {
    assertThat(
            Gate.parse("auc.low  by month(sched_dep) >= 0.60 where rows >= 500 and positives > 20"))
        .isEqualTo(
            new Gate(
                "auc.low by month(sched_dep) >= 0.60 where rows >= 500 and positives > 20",
                Metric.AUC,
                Part.LOW,
                Optional.of("month(sched_dep)"),
                Compare.AT_LEAST,
                "0.60",
                List.of(
                    new Condition(Count.ROWS, Compare.AT_LEAST, "500"),
                    new Condition(Count.POSITIVES, Compare.MORE, "20"))));
    assertThat(Gate.parse("log_loss<0.5"))
        .isEqualTo(
            new Gate(
                "log_loss<0.5",
                Metric.LOG_LOSS,
                Part.VALUE,
                Optional.empty(),
                Compare.LESS,
                "0.5",
                List.of()));
    assertThat(Gate.parse("auc.change.low > -0.01").part()).isEqualTo(Part.CHANGE_LOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "auk.low >= 0.66 # Invalid gate: auk is not a metric (did you mean auc?)",
        "auc.lwo >= 0.66 # Invalid gate: lwo is not a part of a metric (did you mean low?)",
        "auc.low 0.66 # Invalid gate: auc.low 0.66 (must be <metric>[.low|.high|.change] [by"
            + " <slice>] >= <number> [where rows >= <number>])",
        "auc => 0.66 # Invalid gate: auc => 0.66 (must be with >=, >, <= or <, not =>)",
        "auc >= high # Invalid gate: auc >= high (high must be a number)",
        "auc >= 0.6 where rows >= 5 # Invalid gate: auc >= 0.6 where rows >= 5 (must be by a slice,"
            + " as it has conditions)",
        "auc by x >= 0.6 where row >= 5 # Invalid gate: row is not rows or positives (did you mean"
            + " rows?)",
        "auc.change by x >= 0 # Invalid gate: auc.change by x >= 0 (must be without by, as it"
            + " compares with the baseline)",
      })
  void whatIsNoGateIsRefused(String text, String message) {
    assertThatThrownBy(() -> Gate.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void theKeyAsTypedIsNamed() {
    assertThatThrownBy(() -> Gate.parse("model-testing.gate[1]", "auk >= 1"))
        .hasMessage("Invalid model-testing.gate[1]: auk is not a metric (did you mean auc?)");
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
  void theChangeAgainstTheBaselineDecides() {
    Evaluation prior = HALF.evaluate(ROWS.withConstant(0.4));
    Verdict verdict =
        gates(Optional.of(IfNoBaseline.REFUSE), "auc.change >= 0.05", "log_loss.change.high <= -1")
            .judge(MODEL, Optional.of(prior));
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
                .judge(MODEL, Optional.empty())
                .reasons())
        .containsExactly("auc.change: no baseline, if_no_baseline is pass: passed");
    assertThat(
            gates(Optional.of(IfNoBaseline.REFUSE), "auc.change >= -0.01")
                .judge(MODEL, Optional.empty())
                .reasons())
        .containsExactly("auc.change: no baseline, if_no_baseline is refuse: refused");
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
  }

  @Test
  void withoutGatesTheVerdictIsPassed() {
    assertThat(gates(Optional.empty()).judge(MODEL, Optional.empty()).word()).isEqualTo("passed");
  }

  @Test
  void aVerdictSurvivesTheFile() {
    Verdict verdict =
        gates(Optional.of(IfNoBaseline.PASS), "auc >= 0.6", "auc.change > 0", "f1 by month > 0.9")
            .judge(MODEL, Optional.empty());
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
    return gates(Optional.empty(), gate).judge(evaluation, Optional.empty()).reasons();
  }

  private static Gates gates(Optional<IfNoBaseline> ifNoBaseline, String... texts) {
    return Gates.of(Arrays.stream(texts).map(Gate::parse).toList(), ifNoBaseline);
  }
}
