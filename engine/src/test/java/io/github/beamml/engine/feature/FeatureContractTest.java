package io.github.beamml.engine.feature;

import static io.github.beamml.engine.feature.Steps.buckets;
import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.derive;
import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.keep;
import static io.github.beamml.engine.feature.Steps.minMax;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.quantileBuckets;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/**
 * What plans promise beside the contract that every fitted step passes in `components-features`:
 * what is refused and how, which values and bytes come out.
 */
class FeatureContractTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.nullable("name", ValueType.STRING),
          Field.nullable("number", ValueType.INT64),
          Field.nullable("x", ValueType.DOUBLE),
          Field.nullable("huge", ValueType.DOUBLE),
          Field.required("constant", ValueType.DOUBLE),
          Field.nullable("flag", ValueType.BOOLEAN),
          Field.nullable("time", ValueType.TIMESTAMP));

  private static final FeaturePlan PLAN =
      FeaturePlan.of(
          impute("x").withMedian().exact().indicator(),
          impute("huge").withMean(),
          impute("name").withMostFrequent(),
          impute("number").withMostFrequent(),
          standardize("x", "huge", "constant"),
          minMax("x").as("x_share"),
          quantileBuckets("x").buckets(5),
          buckets("number").boundaries(-1, 0, 3),
          index("name").topK(5),
          oneHot("name", "flag").topK(6),
          cyclic("time").hour().dayOfYear().zone("America/New_York"),
          derive("twice", "x * 2.0 + double(number)"),
          derive("local_month", "month(time)").zone("Asia/Kolkata"),
          standardize("twice"),
          keep("flag"));

  @Test
  void neitherLocaleNorTimeZoneOfTheMachineReachesAByte() {
    RowBatch rows = rows(300, 11);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    byte[] here = PLAN.fit(SCHEMA, List.of(rows)).toBytes();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      FeaturePlan read = FeaturePlan.fromJson(PLAN.toJson());
      FittedFeatures there = read.fit(SCHEMA, List.of(rows));
      assertThat(there.toBytes()).isEqualTo(here);
      assertThat(Fingerprint.of(there.apply(rows, RowErrors.fail())))
          .isEqualTo(Fingerprint.of(FittedFeatures.parse(here).apply(rows, RowErrors.fail())));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void otherColumnsAndTheirOrderDoNotChangeTheDigest() {
    RowBatch rows = rows(300, 6);
    RowBatch other =
        rows.select(List.of("time", "flag", "constant", "huge", "x", "number", "name"))
            .with(Field.required("more", ValueType.DOUBLE), rows.column("constant"));
    assertThat(PLAN.fit(other.schema(), List.of(other)).digest())
        .isEqualTo(PLAN.fit(SCHEMA, List.of(rows)).digest());
  }

  @Test
  void oneRowFitsAndAConstantColumnBecomesZeros() {
    RowBatch row = RowBatch.builder(SCHEMA).addRow("a", 1L, 2.0, 1e300, 7.0, true, 0L).build();
    RowBatch out = PLAN.fit(SCHEMA, List.of(row)).apply(row, RowErrors.fail());
    assertThat(out.value(0, "constant")).isEqualTo(0.0);
    assertThat(out.value(0, "x")).isEqualTo(0.0);
    assertThat(out.value(0, "x_share")).isEqualTo(0.0);
    assertThat(out.value(0, "x_bucket")).isEqualTo(0L);
  }

  @Test
  void nullAndNanAreImputedAndPassOtherSteps() {
    RowSchema schema = RowSchema.of(Field.nullable("x", ValueType.DOUBLE));
    RowBatch rows =
        RowBatch.builder(schema)
            .addRow(1.0)
            .addRow((Object) null)
            .addRow(Double.NaN)
            .addRow(4.0)
            .build();
    FeaturePlan plan =
        FeaturePlan.of(
            standardize("x").as("z"), quantileBuckets("x").buckets(2), impute("x").withMean());
    RowBatch out = plan.fit(schema, List.of(rows)).apply(rows, RowErrors.fail());
    assertThat(out.row(0)).containsExactly(1.0, -1.0, 0L);
    assertThat(out.row(1)).containsExactly(2.5, null, null);
    assertThat(out.row(2)).containsExactly(2.5, Double.NaN, null);
    assertThat(out.row(3)).containsExactly(4.0, 1.0, 0L);
  }

  @Test
  void infiniteValuesHaveNoMeanAndSaySo() {
    RowSchema schema = RowSchema.of(Field.nullable("x", ValueType.DOUBLE));
    RowBatch rows = RowBatch.builder(schema).addRow(1.0).addRow(Double.NEGATIVE_INFINITY).build();
    for (Step step : List.of(standardize("x"), minMax("x"), impute("x"))) {
      assertThatThrownBy(() -> FeaturePlan.of(step).fit(schema, List.of(rows)))
          .isInstanceOf(CannotException.class)
          .hasMessage(
              "Cannot fit features[0]."
                  + step.name()
                  + ": column x has infinite values (only"
                  + " finite ones have a mean and a range)");
    }
    RowBatch out =
        FeaturePlan.of(quantileBuckets("x").buckets(2))
            .fit(schema, List.of(rows))
            .apply(rows, RowErrors.fail());
    assertThat(out.row(0)).containsExactly(1.0, 0L);
  }

  @Test
  void aColumnWithoutValuesIsRefusedByName() {
    RowSchema schema = RowSchema.of(Field.nullable("temp", ValueType.DOUBLE));
    RowBatch rows = RowBatch.builder(schema).addRow((Object) null).addRow(Double.NaN).build();
    assertThatThrownBy(() -> FeaturePlan.of(impute("temp").withMedian()).fit(schema, List.of(rows)))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot fit features[0].impute: column temp has no values");
    assertThatThrownBy(() -> FeaturePlan.of(impute("temp")).fit(schema, List.of()))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot fit features: there are no training rows");
  }

  @Test
  void aValueThatIsNotInTheVocabularyMakesABadRecordWhereThatIsAskedFor() {
    RowSchema schema = RowSchema.of(Field.nullable("name", ValueType.STRING));
    FittedFeatures fitted =
        FeaturePlan.of(index("name").unknownIsError())
            .fit(schema, List.of(RowBatch.builder(schema).addRow("a").addRow("b").build()));
    RowBatch rows = RowBatch.builder(schema).addRow("b").addRow("zz").addRow("a").build();
    List<String> errors = new ArrayList<>();
    RowBatch out = fitted.apply(rows, (batch, row, message) -> errors.add(row + ": " + message));
    assertThat(errors).containsExactly("1: column name has a value that is not in its vocabulary");
    assertThat(out.size()).isEqualTo(2);
    assertThat(out.row(0)).containsExactly("b", 1L);
    assertThat(out.row(1)).containsExactly("a", 0L);
  }

  @Test
  void aRowWhoseExpressionFailsIsABadRecord() {
    RowSchema schema = RowSchema.of(Field.required("n", ValueType.INT64));
    FittedFeatures fitted = FeaturePlan.of(derive("share", "100 / n")).fit(schema, List.of());
    RowBatch rows = RowBatch.builder(schema).addRow(4L).addRow(0L).build();
    List<Integer> bad = new ArrayList<>();
    RowBatch out = fitted.apply(rows, (batch, row, message) -> bad.add(row));
    assertThat(bad).containsExactly(1);
    assertThat(out.row(0)).containsExactly(4L, 25L);
  }

  @Test
  void anExactMedianOfMoreValuesThanCellsTakesAFurtherPass() {
    RowSchema schema = RowSchema.of(Field.nullable("x", ValueType.DOUBLE));
    RowBatchBuilder builder = RowBatch.builder(schema);
    int n = 300_001;
    for (int i = 0; i < n; i++) {
      builder.setDouble(0, 1e9 + (i * 7_919L % n) / 1024.0).endRow();
    }
    builder.endRow();
    RowBatch rows = builder.build();
    FeaturePlan plan = FeaturePlan.of(impute("x").withMedian().exact(), standardize("x"));
    FitPass first = plan.firstPass(schema);
    FitPass second = (FitPass) first.finish(states(first, rows));
    assertThat(states(second, rows)).containsOnlyKeys("rows", "refinement/x/0");
    FitPass third = (FitPass) second.finish(states(second, rows));
    assertThat(states(third, rows)).containsOnlyKeys("rows", "moments/x#1");
    assertThat(third.finish(states(third, rows))).isInstanceOf(FittedFeatures.class);
    FittedFeatures fitted =
        FeaturePlan.of(impute("x").withMedian().exact()).fit(schema, List.of(rows));
    RowBatch out = fitted.apply(rows.take(new int[] {n}), RowErrors.fail());
    assertThat(out.value(0, "x")).isEqualTo(1e9 + 150_000 / 1024.0);
  }

  @Test
  void stepsOnOneColumnShareAState() {
    FeaturePlan plan =
        FeaturePlan.of(index("name"), oneHot("name"), impute("name").withMostFrequent());
    FitPass pass = plan.firstPass(SCHEMA);
    assertThat(states(pass, rows(10, 8))).containsOnlyKeys("rows", "terms/name");
  }

  @Test
  void brokenBytesAreRefused() {
    byte[] bytes = PLAN.fit(SCHEMA, List.of(rows(20, 9))).toBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertRefused(
        text.replace("beamml-features/1", "beamml-features/2"),
        "Cannot read fitted features: the format is \"beamml-features/2\", this library reads"
            + " beamml-features/1");
    assertRefused(
        text.replace("\"mean\":", "\"maen\":"),
        "Cannot read fitted features: what features[4].standardize fitted to x is broken: mean is"
            + " not a number");
    assertRefused(text + " ", "Cannot read fitted features: they are not in canonical form");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> FittedFeatures.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CannotException.class)
        .hasMessage(message);
  }

  private static SortedMap<String, byte[]> states(FitPass pass, RowBatch rows) {
    FitAccumulator accumulator = pass.accumulator();
    accumulator.add(rows);
    return accumulator.states();
  }

  private static RowBatch rows(int count, long seed) {
    Random random = new Random(seed);
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    String[] names = {"a", "b", "c", "é", "\uD83D\uDE00", "\uFFFD", "long name", ""};
    for (int row = 0; row < count; row++) {
      double[] odd = {Double.NaN, 0, -0.0, 1e-310, 1, 2, 3, 1e15 + random.nextInt(9)};
      builder.addRow(
          random.nextInt(5) == 0 ? null : names[random.nextInt(names.length)],
          random.nextInt(5) == 0 ? null : (Long) (long) (random.nextInt(9) - 4),
          random.nextInt(5) == 0 ? null : (Double) odd[random.nextInt(odd.length)],
          random.nextInt(5) == 0 ? null : (Double) ((random.nextDouble() - 0.5) * 1e300),
          3.5,
          random.nextInt(5) == 0 ? null : (Boolean) random.nextBoolean(),
          random.nextInt(5) == 0 ? null : (Long) (random.nextLong() >> 8));
    }
    return builder.build();
  }
}
