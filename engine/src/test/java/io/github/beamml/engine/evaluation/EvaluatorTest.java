package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final Evaluator HALF =
      Evaluator.at(new Threshold(0.5, "0.5")).withBootstrap(Bootstrap.of(7));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void neitherThreadsNorRowOrderChangeAByte(int threads) {
    ScoredRows rows = Sample.of(2_000, 1);
    ScoredRows shuffled = Sample.select(rows, Sample.shuffled(rows.size(), threads));
    assertThat(text(HALF.withThreads(threads).evaluate(shuffled)))
        .isEqualTo(text(HALF.evaluate(rows)));
  }

  @Test
  void partsInAnyOrderEvaluateAsTheWholeDoes() {
    ScoredRows rows = Sample.of(1_000, 2);
    ScoredRows first = Sample.select(rows, IntStream.range(0, 17).toArray());
    ScoredRows rest = Sample.select(rows, IntStream.range(17, 1_000).toArray());
    ScoredRows none = Sample.select(rows, new int[0]);
    assertThat(text(HALF.evaluate(ScoredRows.concat(List.of(rest, none, first)))))
        .isEqualTo(text(HALF.evaluate(rows)));
  }

  @Test
  void everyReplicateEqualsCountsThatWereMergedFromShards() {
    ScoredRows rows = Sample.of(700, 3);
    Bootstrap bootstrap = Bootstrap.of(11).withReplicates(12);
    Evaluation evaluation = HALF.withBootstrap(bootstrap).evaluate(rows);
    for (int replicate = 0; replicate < bootstrap.replicates(); replicate++) {
      MetricCounts[] shards = {MetricCounts.at(0.5), MetricCounts.at(0.5), MetricCounts.at(0.5)};
      for (int row = 0; row < rows.size(); row++) {
        int weight = bootstrap.weight(Sample.key(row), replicate);
        shards[row * 31 % 3].add(
            rows.margin(row), rows.probability(row), rows.isPositive(row), weight);
      }
      MetricCounts merged = MetricCounts.fromBytes(shards[2].canonicalBytes());
      merged.merge(shards[0]);
      merged.merge(shards[1]);
      for (Metric metric : Metric.all()) {
        assertThat(evaluation.replicates().of(metric)[replicate])
            .as("%s in replicate %s", metric, replicate)
            .isEqualTo(merged.group().estimate(metric).value().orElseThrow());
      }
    }
  }

  @Test
  void aSliceIsEvaluatedAsItsRowsAloneWouldBe() {
    ScoredRows rows = Sample.of(1_500, 4);
    SliceColumn colour = rows.slices().get(0);
    int red = colour.values().indexOf("red");
    int[] reds = IntStream.range(0, rows.size()).filter(i -> colour.code(i) == red).toArray();
    Group alone = HALF.evaluate(Sample.select(rows, reds)).overall();
    Slice slice = HALF.evaluate(rows).slices().get(0).slices().get(red);
    assertThat(slice.label()).isEqualTo("red");
    assertThat(slice.group()).isEqualTo(alone);
  }

  @Test
  void slicesComeInTheOrderOfTheirValuesAndNullComesLast() {
    List<Slices> slices = HALF.evaluate(Sample.of(500, 5)).slices();
    assertThat(slices).extracting(Slices::by).containsExactly("colour", "month");
    assertThat(slices.get(0).slices())
        .extracting(Slice::label)
        .containsExactly("blue", "green", "grün", "red", "(null)");
    assertThat(slices.get(1).slices())
        .extracting(Slice::label)
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
  }

  @Test
  void theIntervalIsTwoOrderStatisticsOfTheReplicates() {
    Evaluation evaluation = HALF.evaluate(Sample.of(400, 6));
    double[] sorted = evaluation.replicates().of(Metric.AUC);
    Arrays.sort(sorted);
    assertThat(evaluation.estimate(Metric.AUC).interval())
        .contains(new Interval(sorted[5], sorted[194]));
  }

  @Test
  void figuresOfFiveRowsAreThoseDoneByHand() {
    Group group =
        HALF.evaluate(Sample.plain(new double[] {0.9, 0.8, 0.5, 0.3, 0.25}, 1, 0, 1, 0, 0))
            .overall();
    assertThat(group.confusion()).isEqualTo(new Confusion(2, 1, 0, 2));
    assertThat(value(group, Metric.AUC)).hasValue(5.0 / 6);
    assertThat(value(group, Metric.PR_AUC)).hasValue((1.0 + 2.0 / 3) / 2);
    assertThat(value(group, Metric.ACCURACY)).hasValue(0.8);
    assertThat(value(group, Metric.PRECISION)).hasValue(2.0 / 3);
    assertThat(value(group, Metric.RECALL)).hasValue(1.0);
    assertThat(value(group, Metric.F1)).hasValue(0.8);
    assertThat(value(group, Metric.LABEL_RATE)).hasValue(0.4);
    assertThat(value(group, Metric.FLAGGED_RATE)).hasValue(0.6);
    assertThat(value(group, Metric.MEAN_PROBABILITY)).hasValue(0.55);
  }

  @Test
  void oneClassHasReasonsInsteadOfRankingMetrics() {
    Group group = HALF.evaluate(Sample.plain(new double[] {0.1, 0.2}, 0, 0)).overall();
    assertThat(group.estimate(Metric.AUC))
        .isEqualTo(
            new Estimate(
                Metric.AUC, OptionalDouble.empty(), Optional.empty(), Optional.of("no positives")));
    assertThat(group.estimate(Metric.PR_AUC).reason()).contains("no positives");
    assertThat(group.estimate(Metric.RECALL).reason()).contains("no positives");
    assertThat(group.estimate(Metric.PRECISION).reason()).contains("no row is flagged");
    assertThat(group.estimate(Metric.F1).reason()).contains("no positives and no row is flagged");
    assertThat(value(group, Metric.ACCURACY)).hasValue(1.0);
    Group positives = HALF.evaluate(Sample.plain(new double[] {0.1, 0.2}, 1, 1)).overall();
    assertThat(positives.estimate(Metric.AUC).reason()).contains("no negatives");
  }

  @Test
  void noRowsHaveNoMetrics() {
    Evaluation evaluation = HALF.evaluate(Sample.plain(new double[0]));
    assertThat(evaluation.rows()).isZero();
    assertThat(evaluation.overall().estimates())
        .allSatisfy(e -> assertThat(e.reason()).contains("no rows"));
    assertThat(evaluation.curves().roc()).isEmpty();
    assertThat(evaluation.calibration()).isEmpty();
    assertThat(text(Evaluation.fromJson("it", evaluation.toJson()))).isEqualTo(text(evaluation));
  }

  @Test
  void tinyGroupsHaveValuesButNoIntervals() {
    Group group = HALF.evaluate(Sample.plain(new double[] {0.7, 0.2}, 1, 0)).overall();
    assertThat(value(group, Metric.AUC)).hasValue(1.0);
    assertThat(group.estimate(Metric.AUC).interval()).isEmpty();
    assertThat(group.estimate(Metric.AUC).reason().orElseThrow())
        .matches("undefined in 1?[0-9]{2} of 200 replicates");
  }

  @Test
  void equalScoresTieAltogether() {
    ScoredRows rows = Sample.of(300, 8);
    Evaluation prior = HALF.evaluate(rows.withConstant(0.25));
    assertThat(value(prior.overall(), Metric.AUC)).hasValue(0.5);
    assertThat(prior.estimate(Metric.AUC).interval()).contains(new Interval(0.5, 0.5));
    assertThat(prior.overall().tiedMass()).isEqualTo(1.0);
    assertThat(value(prior.overall(), Metric.PR_AUC))
        .isEqualTo(value(prior.overall(), Metric.LABEL_RATE));
    assertThat(prior.curves().roc())
        .containsExactly(
            new CurvePoint(0, 0), new CurvePoint(rows.size() - rows.positives(), rows.positives()));
  }

  @Test
  void certainAndWrongProbabilitiesAreClipped() {
    Group group = HALF.evaluate(Sample.plain(new double[] {0, 1}, 1, 0)).overall();
    assertThat(value(group, Metric.LOG_LOSS)).hasValue(36.04365338911715);
    assertThat(value(group, Metric.BRIER)).hasValue(1.0);
  }

  @Test
  void changesComeWithIntervalsOfPairedDifferences() {
    ScoredRows rows = Sample.of(800, 9);
    Evaluation model = HALF.evaluate(rows);
    Evaluation prior = HALF.evaluate(rows.withConstant(0.4));
    Change change = model.changeFrom(prior, Metric.AUC);
    Interval auc = model.estimate(Metric.AUC).interval().orElseThrow();
    assertThat(change.value().orElseThrow())
        .isEqualTo(model.estimate(Metric.AUC).value().orElseThrow() - 0.5);
    assertThat(change.interval()).contains(new Interval(auc.low() - 0.5, auc.high() - 0.5));
    assertThat(model.changeFrom(model, Metric.LOG_LOSS).interval())
        .contains(new Interval(0.0, 0.0));
  }

  @Test
  void changesSurviveTheFile() {
    ScoredRows rows = Sample.of(300, 10);
    Evaluation model = HALF.evaluate(rows);
    Evaluation prior = HALF.evaluate(rows.withConstant(0.4));
    Evaluation read =
        Evaluation.fromJson("it", CanonicalJson.parse("it", CanonicalJson.bytes(prior.toJson())));
    for (Metric metric : Metric.all()) {
      assertThat(model.changeFrom(read, metric)).isEqualTo(model.changeFrom(prior, metric));
    }
  }

  @Test
  void anotherBootstrapLeavesTheChangeWithoutInterval() {
    ScoredRows rows = Sample.of(300, 10);
    Evaluation other = HALF.withBootstrap(Bootstrap.of(8)).evaluate(rows);
    Change change = HALF.evaluate(rows).changeFrom(other, Metric.AUC);
    assertThat(change.value()).hasValue(0.0);
    assertThat(change.reason()).contains("the baseline has another bootstrap");
  }

  @Test
  void evaluationsOfOtherRowsAreNotCompared() {
    Evaluation one = HALF.evaluate(Sample.of(300, 10));
    Evaluation other = HALF.evaluate(Sample.of(1_299, 10));
    assertThatThrownBy(() -> one.changeFrom(other, Metric.AUC))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot compare with the baseline: it was evaluated on other rows (1,299, not these"
                + " 300)");
  }

  @Test
  void rowsAreIdentifiedByKeyAndLabelAlone() {
    ScoredRows rows = Sample.of(300, 11);
    assertThat(rows.withConstant(0.5).identity()).isEqualTo(rows.identity());
    assertThat(Sample.select(rows, Sample.shuffled(300, 1)).identity()).isEqualTo(rows.identity());
    assertThat(Sample.plain(new double[] {0.5}, 1).identity())
        .isNotEqualTo(Sample.plain(new double[] {0.5}, 0).identity());
  }

  @Test
  void wrongRowsAreRefused() {
    assertThatThrownBy(() -> Sample.plain(new double[] {Double.NaN}, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid margin: NaN (must be a number)");
    assertThatThrownBy(() -> Sample.plain(new double[] {1.5}, 1))
        .hasMessage("Invalid probability: 1.5 (must be between 0 and 1)");
    ScoredRows.Builder builder = ScoredRows.sliced(List.of());
    assertThatThrownBy(() -> builder.add(0, Double.NaN, true, Sample.key(0)))
        .hasMessage("Invalid probability: NaN (must be between 0 and 1)");
    assertThatThrownBy(() -> builder.add(0, 0.5, true, new byte[31]))
        .hasMessage("Invalid row key: 31 bytes (must be 32 bytes)");
    byte[] labels = {2};
    double[] one = {0.5};
    assertThatThrownBy(() -> ScoredRows.of(one, one, labels, new byte[32], List.of()))
        .hasMessage("Invalid label: 2 (must be 0 or 1)");
    assertThatThrownBy(() -> ScoredRows.of(one, one, new byte[1], new byte[31], List.of()))
        .hasMessage("Invalid row keys: 31 (must be as many as the rows: 32)");
  }

  @Test
  void columnsOfBatchesAreRowsToo() {
    ScoredRows rows = Sample.of(200, 13);
    DoubleColumn margins =
        DoubleColumn.of(IntStream.range(0, 200).mapToDouble(rows::margin).toArray(), null);
    DoubleColumn probabilities =
        DoubleColumn.of(IntStream.range(0, 200).mapToDouble(rows::probability).toArray(), null);
    LongColumn labels =
        LongColumn.of(
            ValueType.BOOLEAN,
            IntStream.range(0, 200).mapToLong(i -> rows.isPositive(i) ? 1 : 0).toArray(),
            null);
    SliceColumn colour = rows.slices().get(0);
    SliceColumn month = rows.slices().get(1);
    long[] nulls = new long[4];
    int[] codes = new int[200];
    long[] months = new long[200];
    for (int row = 0; row < 200; row++) {
      codes[row] = Math.max(0, colour.code(row));
      nulls[row >> 6] |= colour.code(row) < 0 ? 1L << row : 0;
      months[row] = Long.parseLong(month.values().get(month.code(row)));
    }
    List<SliceColumn> slices =
        List.of(
            SliceColumn.of(
                "colour", StringColumn.of(colour.values().toArray(String[]::new), codes, nulls)),
            SliceColumn.of("month", LongColumn.of(ValueType.INT64, months, null)));
    BytesColumn keys = BytesColumn.ofWidth(rows.keys(), 32);
    assertThat(text(HALF.evaluate(ScoredRows.of(margins, probabilities, labels, keys, slices))))
        .isEqualTo(text(HALF.evaluate(rows)));
    LongColumn sparse = LongColumn.of(ValueType.BOOLEAN, labels.values(), new long[] {6, 0, 0, 0});
    assertThatThrownBy(() -> ScoredRows.of(margins, probabilities, sparse, keys, slices))
        .hasMessage("Invalid label: null in 2 rows (must be there in every row)");
    assertThatThrownBy(() -> SliceColumn.of("temp", probabilities))
        .hasMessage(
            "Invalid slices: temp of type double (must be a text, an integer or a boolean)");
  }

  @Test
  void tooManyValuesAreNoSlices() {
    List<String> values = IntStream.range(0, 1_001).mapToObj(i -> "tail" + i).toList();
    assertThatThrownBy(() -> SliceColumn.ofValues("tailnum", values))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid slices: tailnum with 1,001 values (must be at most 1,000)");
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> HALF.withThreads(0))
        .hasMessage("Invalid threads: 0 (must be at least 1)");
    assertThatThrownBy(() -> HALF.withCalibrationBins(15))
        .hasMessage("Invalid calibration_bins: 15 (must be 10 or 20)");
    assertThatThrownBy(() -> Bootstrap.of(1).withReplicates(-1))
        .hasMessage("Invalid bootstrap.replicates: -1 (must be between 0 and 10000)");
    assertThatThrownBy(() -> Bootstrap.of(1).withLevel(1))
        .hasMessage("Invalid bootstrap.level: 1.0 (must be between 0.5 and 0.999)");
  }

  @Test
  void withoutReplicatesThereAreNoIntervals() {
    Evaluation evaluation =
        HALF.withBootstrap(Bootstrap.of(7).withReplicates(0)).evaluate(Sample.of(100, 12));
    assertThat(evaluation.estimate(Metric.AUC).value()).isPresent();
    assertThat(evaluation.estimate(Metric.AUC).reason()).contains("no bootstrap");
  }

  @Test
  void calibrationBinsHoldAllRows() {
    Evaluation evaluation =
        HALF.withCalibrationBins(10)
            .evaluate(Sample.plain(new double[] {0.05, 0.0, 0.5, 0.52, 1.0}, 0, 1, 1, 0, 1));
    assertThat(evaluation.calibration())
        .containsExactly(
            new CalibrationBin(0, 10, 2, 1, 0.025),
            new CalibrationBin(5, 10, 2, 1, 0.51),
            new CalibrationBin(9, 10, 1, 1, 1.0));
  }

  private static OptionalDouble value(Group group, Metric metric) {
    return group.estimate(metric).value();
  }

  private static String text(Evaluation evaluation) {
    return CanonicalJson.text(evaluation.toJson());
  }
}
