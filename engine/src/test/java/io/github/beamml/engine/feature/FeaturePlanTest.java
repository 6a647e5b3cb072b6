package io.github.beamml.engine.feature;

import static io.github.beamml.engine.feature.Steps.buckets;
import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.drop;
import static io.github.beamml.engine.feature.Steps.haversine;
import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.keep;
import static io.github.beamml.engine.feature.Steps.minMax;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.quantileBuckets;
import static io.github.beamml.engine.feature.Steps.rename;
import static io.github.beamml.engine.feature.Steps.select;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturePlanTest {
  private static final RowSchema FLIGHTS =
      RowSchema.of(
          Field.ROW_KEY,
          Field.required("carrier", ValueType.STRING),
          Field.required("sched_dep", ValueType.TIMESTAMP),
          Field.required("distance", ValueType.DOUBLE),
          Field.nullable("temp", ValueType.DOUBLE),
          Field.nullable("wind_speed", ValueType.DOUBLE),
          Field.nullable("seats", ValueType.INT64),
          Field.nullable("late", ValueType.BOOLEAN));

  @Test
  void javaAndJsonGiveTheSamePlan() {
    FeaturePlan java =
        FeaturePlan.of(
            impute("temp", "wind_speed").withMedian(),
            impute("seats").withConstant(0).indicator(),
            standardize("temp", "wind_speed").as("temp_z", "wind_z"),
            minMax("distance").into(-1, 1).clip(),
            quantileBuckets("distance").buckets(4).exact().as("distance_quarter"),
            buckets("distance").boundaries(500, 1000),
            index("carrier").topK(10).unknownIsNull(),
            oneHot("carrier").minCount(100),
            cyclic("sched_dep").weekday().hour().zone("America/New_York"),
            haversine("a", "b").to("c", "d").as("km"),
            rename("temp_z").as("warm"),
            drop("wind_z"),
            keep("late"),
            select("warm"));
    FeaturePlan json =
        plan(
            """
            [{"impute": {"columns": ["temp", "wind_speed"], "with": "median"}},
             {"impute": {"column": "seats", "with": "constant", "value": 0, "indicator": true}},
             {"standardize": {"columns": ["temp", "wind_speed"], "as": ["temp_z", "wind_z"]}},
             {"min_max": {"column": "distance", "low": -1, "high": 1, "clip": true}},
             {"quantile_buckets": {"column": "distance", "buckets": 4, "exact": true,
                                   "as": "distance_quarter"}},
             {"buckets": {"column": "distance", "boundaries": [500, 1000]}},
             {"index": {"column": "carrier", "top_k": 10, "unknown": "none"}},
             {"one_hot": {"column": "carrier", "min_count": 100}},
             {"cyclic": {"column": "sched_dep", "parts": ["hour", "weekday"],
                         "zone": "America/New_York"}},
             {"haversine": {"from": ["a", "b"], "to": ["c", "d"], "as": "km"}},
             {"rename": {"column": "temp_z", "as": "warm"}},
             {"drop": "wind_z"},
             {"keep": ["late"]},
             {"select": ["warm"]}]
            """);
    assertThat(json).isEqualTo(java).hasToString(java.toString());
    assertThat(FeaturePlan.fromJson(java.toJson())).isEqualTo(java);
  }

  @Test
  void defaultsAreWrittenIntoTheCanonicalForm() {
    assertThat(FeaturePlan.of(oneHot("carrier"), cyclic("sched_dep").hour()))
        .hasToString(
            "[{\"one_hot\":{\"columns\":[\"carrier\"],\"min_count\":1,\"top_k\":0,\"unknown\":\"other\"}},"
                + "{\"cyclic\":{\"columns\":[\"sched_dep\"],\"parts\":[\"hour\"],\"zone\":\"UTC\"}}]");
  }

  @Test
  @SuppressWarnings("BanSerializableRead") // what a runner does with its job's graph
  void aPlanSurvivesTheJobGraph() throws Exception {
    FeaturePlan plan = FeaturePlan.of(oneHot("carrier"), standardize("temp"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(plan);
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(read).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"impute": ["temp"]}, {"standardize": {"columns": ["wind_spd"]}}] | Invalid features[1].columns: wind_spd is not a column of the input (did you mean wind_speed?)
          [{"standardise": ["temp"]}] | Invalid features[0]: standardise is not a step (did you mean standardize?)
          [{"standardize": {"colums": ["temp"]}}] | Invalid features[0].colums: unknown key (did you mean columns?)
          [{"one_hot": {"column": "carrier", "min_cuont": 3}}] | Invalid features[0].min_cuont: unknown key (did you mean min_count?)
          [{"one_hot": {"column": "carrier", "min_count": 0}}] | Invalid features[0].min_count: 0 (must be a whole number of at least 1)
          [{"one_hot": {"column": "carrier", "min_count": "many"}}] | Invalid features[0].min_count: "many" (must be a whole number of at least 1)
          [{"one_hot": {"column": "carrier", "unknown": "othr"}}] | Invalid features[0].unknown: othr (must be one of other, none, error) (did you mean other?)
          [{"impute": {"column": "temp", "with": "mode"}}] | Invalid features[0].with: mode (must be one of mean, median, most_frequent, constant)
          [{"impute": {"column": "temp", "with": "constant"}}] | Invalid features[0].value: nothing (must be given with `with: constant`)
          [{"impute": {"column": "seats", "with": "constant", "value": 0.5}}] | Invalid features[0].value: 0.5 (must be of type int64)
          [{"standardize": {"columns": ["temp", "temp"]}}] | Invalid features[0].columns: temp stands there twice
          [{"standardize": {"columns": ["temp", "distance"], "as": "z"}}] | Invalid features[0].as: [z] (must be one name for each of 2 columns)
          [{"standardize": {"column": "temp", "as": "distance"}}] | Invalid features[0].as: distance is a column already (give another name with as)
          [{"standardize": {"column": "temp", "as": "_temp"}}] | Invalid features[0].as: _temp (must be a name without _ at its start: these are the library's own)
          [{"keep": "_row_key"}] | Invalid features[0].columns: _row_key is a column of the library's own and no data
          [{"standardize": {"column": "carrier"}}] | Invalid features[0].column: column carrier is string (must be one of boolean, int64, double for standardize)
          [{"cyclic": {"column": "sched_dep", "parts": ["hour"], "zone": "America/NewYork"}}] | Invalid features[0].zone: America/NewYork is not a known time zone (did you mean America/New_York?)
          [{"cyclic": {"column": "sched_dep", "parts": ["hours"]}}] | Invalid features[0].parts: hours (must be one of hour, minute_of_day, weekday, day_of_month, day_of_year, month) (did you mean hour?)
          [{"buckets": {"column": "distance", "boundaries": [2, 1]}}] | Invalid features[0].boundaries: 1.0 (must be greater than the one before)
          [{"derive": {"as": "far", "is": "distnce > 3"}}] | Invalid features[0].is: distnce is not a column of the input (did you mean distance?) at position 1 of "distnce > 3"
          [{"derive": {"as": "temp", "is": "distance / 2.0"}}] | Invalid features[0].as: temp is a column already (give another name with as)
          [{"drop": "temp"}, {"standardize": "temp"}] | Invalid features[1].columns: temp is not a column any more, a step before dropped or renamed it
          {"impute": "temp"} | Invalid features: {"impute":"temp"} (must be a list of steps)
          """)
  void whatIsWrongIsSaidWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> plan(json).check(FLIGHTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void theOutputSchemaFollowsFromPlanAndInputAlone() {
    FeaturePlan plan =
        FeaturePlan.of(
            impute("temp").withMedian().indicator(),
            oneHot("carrier"),
            quantileBuckets("distance"),
            rename("distance").as("miles"),
            drop("seats"));
    assertThat(plan.outputSchema(FLIGHTS))
        .hasToString(
            "{_row_key: bytes, carrier: string, sched_dep: timestamp, miles: double, temp: double,"
                + " wind_speed: double?, late: boolean?, temp_missing: boolean,"
                + " carrier_one_hot: doubles, distance_bucket: int64?}");
    assertThat(plan.featureColumns(FLIGHTS))
        .containsExactly("temp", "temp_missing", "carrier_one_hot", "distance_bucket");
  }

  @Test
  void aStepThatReadsAFittedColumnWaitsForTheNextPass() {
    FeaturePlan plan =
        FeaturePlan.of(
            impute("temp").withMedian(),
            standardize("temp", "wind_speed"),
            index("carrier"),
            oneHot("carrier").minCount(2));
    assertThat(plan.explain(FLIGHTS))
        .hasToString(
            """
            Pass 1 of 2 over the training rows
              features[0].impute       temp        median                       quantile cells (exact in further passes)
              features[1].standardize  wind_speed  mean and standard deviation  exact moments (exact)
              features[2].index        carrier     vocabulary                   term counts (exact)
              features[3].one_hot      carrier     vocabulary                   term counts (exact)
            Pass 2 of 2 over the training rows
              features[1].standardize  temp#1  mean and standard deviation  exact moments (exact)
            Output
              _row_key         bytes
              carrier          string
              sched_dep        timestamp
              distance         double
              temp             double     feature
              wind_speed       double?    feature
              seats            int64?
              late             boolean?
              carrier_index    int64      feature
              carrier_one_hot  doubles    feature
            """);
    JsonNode json = plan.explain(FLIGHTS).toJson();
    assertThat(json.path("passes")).hasSize(2);
    assertThat(CanonicalJson.text(json.path("passes").get(1)))
        .isEqualTo(
            "{\"fits\":[{\"class\":\"exact\",\"column\":\"temp#1\",\"fits\":\"mean and standard"
                + " deviation\",\"state\":\"exact"
                + " moments\",\"step\":\"features[1].standardize\"}]}");
  }

  private static FeaturePlan plan(String json) {
    return FeaturePlan.fromJson(CanonicalJson.parse("plan", json));
  }
}
