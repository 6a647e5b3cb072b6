package io.github.beamml.engine.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.LocalTime;
import io.github.beamml.engine.time.ZoneRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that scikit-learn and NumPy gave. */
class FixturesTest {
  private static final RowSchema ONE_DOUBLE = RowSchema.of(Field.nullable("x", ValueType.DOUBLE));

  static List<JsonNode> standardScaler() {
    return cases("standard_scaler");
  }

  @ParameterizedTest
  @MethodSource("standardScaler")
  void standardizesAsScikitLearn(JsonNode fixture) {
    FittedFeatures fitted = fit(Steps.standardize("x"), doubles(fixture.path("input")));
    JsonNode value = fittedValue(fitted);
    JsonNode exact = fixture.path("exact");
    assertThat(value.path("mean").doubleValue()).isEqualTo(number(exact.path("mean")));
    assertThat(value.path("deviation").doubleValue())
        .isEqualTo(number(exact.path("deviation_population")));
    boolean differsByDesign = fixture.path("name").asText().equals("cancelling");
    if (!fixture.path("expected").isNull() && !differsByDesign) {
      Column output = apply(fitted, doubles(fixture.path("input"))).column("x");
      assertClose(output, fixture.path("expected").path("output"), tolerance(fixture));
    }
  }

  static List<JsonNode> minMaxScaler() {
    return cases("min_max_scaler");
  }

  @ParameterizedTest
  @MethodSource("minMaxScaler")
  void scalesToARangeAsScikitLearn(JsonNode fixture) {
    Step step = Steps.minMax("x").into(number(fixture.path("low")), number(fixture.path("high")));
    FittedFeatures fitted = fit(step, doubles(fixture.path("input")));
    JsonNode expected = fixture.path("expected");
    assertThat(fittedValue(fitted).path("min").doubleValue())
        .isEqualTo(number(expected.path("minimum")));
    assertThat(fittedValue(fitted).path("max").doubleValue())
        .isEqualTo(number(expected.path("maximum")));
    Column output = apply(fitted, doubles(fixture.path("input"))).column("x");
    assertClose(output, expected.path("output"), tolerance(fixture));
  }

  static List<JsonNode> simpleImputer() {
    return cases("simple_imputer");
  }

  @ParameterizedTest
  @MethodSource("simpleImputer")
  void imputesAsScikitLearn(JsonNode fixture) {
    boolean median = fixture.path("strategy").asText().equals("median");
    Impute step = median ? Steps.impute("x").withMedian() : Steps.impute("x").withMean();
    FittedFeatures fitted = fit(step, doubles(fixture.path("input")));
    Column output = apply(fitted, doubles(fixture.path("input"))).column("x");
    assertClose(output, fixture.path("expected").path("output"), 0);
  }

  static List<JsonNode> quantileBuckets() {
    return cases("quantile_buckets").stream()
        .filter(fixture -> fixture.path("quantile_method").asText().equals("inverted_cdf"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("quantileBuckets")
  void bucketsAsScikitLearn(JsonNode fixture) {
    Step step = Steps.quantileBuckets("x").buckets(fixture.path("buckets").asInt());
    FittedFeatures fitted = fit(step, doubles(fixture.path("input")));
    Column output = apply(fitted, doubles(fixture.path("input"))).column("x_bucket");
    for (int row = 0; row < output.size(); row++) {
      assertThat(output.value(row))
          .as("row %s", row)
          .isEqualTo(fixture.path("expected").path("output").get(row).longValue());
    }
  }

  static List<JsonNode> oneHot() {
    return cases("one_hot");
  }

  @ParameterizedTest
  @MethodSource("oneHot")
  void encodesAsScikitLearn(JsonNode fixture) {
    RowSchema schema = RowSchema.of(Field.nullable("x", ValueType.STRING));
    int minCount = fixture.path("min_count").asInt();
    OneHot step = Steps.oneHot("x").minCount(minCount);
    FeaturePlan plan = FeaturePlan.of(minCount == 1 ? step.unknownIsZeros() : step);
    FittedFeatures fitted = plan.fit(schema, List.of(strings(schema, fixture.path("train"))));
    List<String> ours = fitted.slots();
    RowBatch output = fitted.apply(strings(schema, fixture.path("input")), RowErrors.fail());
    JsonNode names = fixture.path("expected").path("columns");
    assertThat(ours).hasSize(names.size());
    for (int row = 0; row < output.size(); row++) {
      double[] vector = fitted.vector(output, row);
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i).asText();
        int slot = ours.indexOf(name.startsWith("<") ? "x:other" : "x=" + name);
        assertThat(vector[slot])
            .isEqualTo(fixture.path("expected").path("output").get(row).get(i).doubleValue());
      }
    }
  }

  static List<JsonNode> haversine() {
    return cases("haversine");
  }

  @ParameterizedTest
  @MethodSource("haversine")
  void distancesAreThoseOfScikitLearn(JsonNode fixture) {
    RowSchema schema =
        RowSchema.of(
            Field.required("a", ValueType.DOUBLE),
            Field.required("b", ValueType.DOUBLE),
            Field.required("c", ValueType.DOUBLE),
            Field.required("d", ValueType.DOUBLE));
    JsonNode input = fixture.path("input");
    RowBatch batch =
        RowBatch.builder(schema)
            .addRow(
                number(input.get(0)),
                number(input.get(1)),
                number(input.get(2)),
                number(input.get(3)))
            .build();
    FeaturePlan plan = FeaturePlan.of(Steps.haversine("a", "b").to("c", "d").as("km"));
    RowBatch output = plan.fit(schema, List.of()).apply(batch, RowErrors.fail());
    double expected = number(fixture.path("expected").path("kilometres"));
    assertThat((Double) output.value(0, "km"))
        .isCloseTo(expected, within(Math.max(1e-7, expected * 1e-12)));
  }

  static List<JsonNode> timeParts() {
    return cases("time_parts");
  }

  @ParameterizedTest
  @MethodSource("timeParts")
  void partsOfLocalTimeAreThoseOfPython(JsonNode fixture) {
    long micros = Long.parseLong(fixture.path("micros").asText());
    long local = ZoneRules.of(fixture.path("zone").asText()).toLocal(micros);
    Map<String, ToLongFunction<Long>> parts =
        Map.of(
            "year", LocalTime::year,
            "month", LocalTime::month,
            "day", LocalTime::dayOfMonth,
            "hour", LocalTime::hour,
            "minute", LocalTime::minuteOfHour,
            "iso_weekday", LocalTime::weekday,
            "day_of_year", LocalTime::dayOfYear);
    parts.forEach(
        (name, part) ->
            assertThat(part.applyAsLong(local))
                .as(name)
                .isEqualTo(fixture.path("expected").path(name).longValue()));
  }

  static List<JsonNode> weekdays() {
    return cases("cyclic").stream().filter(f -> f.path("period").asInt() == 7).toList();
  }

  @ParameterizedTest
  @MethodSource("weekdays")
  void weekdaysLieOnTheCircleOfNumPy(JsonNode fixture) {
    RowSchema schema = RowSchema.of(Field.required("t", ValueType.TIMESTAMP));
    RowBatchBuilder builder = RowBatch.builder(schema);
    long monday = 4 * 86_400_000_000L;
    for (JsonNode day : fixture.path("input")) {
      builder.addRow(monday + day.longValue() * 86_400_000_000L);
    }
    FeaturePlan plan = FeaturePlan.of(Steps.cyclic("t").weekday());
    RowBatch output = plan.fit(schema, List.of()).apply(builder.build(), RowErrors.fail());
    JsonNode expected = fixture.path("expected");
    assertClose(output.column("t_weekday_sin"), expected.path("sin"), 2e-16);
    assertClose(output.column("t_weekday_cos"), expected.path("cos"), 2e-16);
  }

  /** Beside a huge offset scikit-learn itself loses digits: ours are rounded once. */
  private static double tolerance(JsonNode fixture) {
    return fixture.path("name").asText().equals("huge_offset") ? 1e-3 : 1e-12;
  }

  private static List<JsonNode> cases(String name) {
    try (InputStream in = FixturesTest.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      List<JsonNode> cases = new ArrayList<>();
      CanonicalJson.parse(name, in.readAllBytes()).path("cases").forEach(cases::add);
      return cases;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static FittedFeatures fit(Step step, RowBatch batch) {
    return FeaturePlan.of(step).fit(batch.schema(), List.of(batch));
  }

  private static RowBatch apply(FittedFeatures fitted, RowBatch batch) {
    return fitted.apply(batch, RowErrors.fail());
  }

  private static JsonNode fittedValue(FittedFeatures fitted) {
    return CanonicalJson.parse("features", fitted.toBytes()).path("fitted").get(0).path("value");
  }

  private static double number(JsonNode node) {
    return CanonicalJson.parseFloat64(node.asText());
  }

  private static RowBatch doubles(JsonNode values) {
    RowBatchBuilder builder = RowBatch.builder(ONE_DOUBLE);
    for (JsonNode value : values) {
      if (!value.isNull()) {
        builder.setDouble(0, number(value));
      }
      builder.endRow();
    }
    return builder.build();
  }

  private static RowBatch strings(RowSchema schema, JsonNode values) {
    RowBatchBuilder builder = RowBatch.builder(schema);
    values.forEach(value -> builder.addRow(value.asText()));
    return builder.build();
  }

  private static void assertClose(Column output, JsonNode expected, double relative) {
    assertThat(output.size()).isEqualTo(expected.size());
    for (int row = 0; row < output.size(); row++) {
      if (expected.get(row).isNull()) {
        assertThat(output.isNull(row)).isTrue();
      } else {
        double value = number(expected.get(row));
        assertThat((Double) output.value(row))
            .as("row %s", row)
            .isCloseTo(value, within(Math.max(relative, Math.abs(value) * relative)));
      }
    }
  }
}
