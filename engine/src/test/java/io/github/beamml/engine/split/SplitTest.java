package io.github.beamml.engine.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("origin", ValueType.STRING),
          Field.nullable("time", ValueType.TIMESTAMP));
  private static final RowBatch ROWS = rows(20_000);

  @Test
  void timesBeforeBetweenAndBehindTheBordersTrainValidateAndTest() {
    Split split =
        Split.byTime("time")
            .validationFrom("2013-10-01")
            .testFrom("2013-11-01")
            .zone("America/New_York");
    ZoneRules zone = ZoneRules.of("America/New_York");
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    for (String time :
        List.of("2013-09-30T23:59:59", "2013-10-01", "2013-10-31T23:59", "2013-11-01")) {
      builder.addRow(1L, null, zone.parse("time", time));
    }
    builder.addRow(1L, null, null);
    assertThat(split.assign(builder.build())).containsExactly(0, 1, 1, 2, 3);
  }

  @Test
  void aColumnSaysThePart() {
    Split split = Split.byColumn("origin");
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    for (String part : List.of("train", "validation", "test", "none")) {
      builder.addRow(1L, part, null);
    }
    builder.addRow(1L, null, null);
    assertThat(split.assign(builder.build())).containsExactly(0, 1, 2, 3, 3);

    RowBatch wrong = RowBatch.builder(SCHEMA).addRow(1L, "JFK", null).build();
    assertThatThrownBy(() -> split.assign(wrong))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid dataset-split.by_column: JFK in column origin"
                + " (must be train, validation, test or none)");
    assertThatThrownBy(() -> Split.byColumn("id").check(SCHEMA))
        .hasMessage("Invalid dataset-split.by_column: column id is int64 (must be string)");
  }

  @Test
  void sharesHoldAboutAndPartsAreDisjoint() {
    Split split = Split.byHash().validation(0.1).test(0.2).salt("flights");
    int train = split.train().select(ROWS).size();
    int validation = split.validation().select(ROWS).size();
    int test = split.test().select(ROWS).size();
    assertThat(train + validation + test).isEqualTo(20_000);
    assertThat(validation).isCloseTo(2_000, within(150));
    assertThat(test).isCloseTo(4_000, within(200));
  }

  @Test
  void theseRowsHaveThesePartsForEver() {
    byte[] codes =
        Split.byHash()
            .validation(0.25)
            .test(0.25)
            .salt("x")
            .assign(ROWS.take(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
    assertThat(codes).containsExactly(1, 1, 0, 0, 2, 2, 0, 1);
  }

  @Test
  void aLargerTestShareTakesRowsFromTrainingOnly() {
    byte[] small = Split.byHash().validation(0.1).test(0.1).assign(ROWS);
    byte[] large = Split.byHash().validation(0.1).test(0.3).assign(ROWS);
    for (int row = 0; row < small.length; row++) {
      if (small[row] != Part.TRAIN.code()) {
        assertThat(large[row]).isEqualTo(small[row]);
      }
    }
  }

  @Test
  void aRowsPartDoesNotDependOnItsNeighbours() {
    for (Split split :
        List.of(
            Split.byHash().validation(0.3).test(0.3),
            Split.byGroup("origin").test(0.5),
            Split.stratified("origin").test(0.5),
            Split.folds(3).validationFold(1))) {
      byte[] all = split.assign(ROWS);
      for (int row = 0; row < 200; row++) {
        assertThat(split.assign(ROWS.take(new int[] {row}))[0]).isEqualTo(all[row]);
      }
    }
  }

  @Test
  void aGroupIsInOnePartOnly() {
    byte[] codes = Split.byGroup("origin").validation(0.4).test(0.4).assign(ROWS);
    Map<Object, Byte> parts = new HashMap<>();
    for (int row = 0; row < codes.length; row++) {
      Byte before = parts.put(String.valueOf(ROWS.value(row, "origin")), codes[row]);
      assertThat(before == null || before == codes[row]).isTrue();
    }
    assertThat(parts.values()).contains((byte) 0, (byte) 1, (byte) 2);
  }

  @Test
  void everyStratumIsDividedOnItsOwn() {
    byte[] codes = Split.stratified("origin").test(0.5).assign(ROWS);
    Map<Object, int[]> sizes = new HashMap<>();
    for (int row = 0; row < codes.length; row++) {
      sizes
          .computeIfAbsent(String.valueOf(ROWS.value(row, "origin")), k -> new int[3])[
          codes[row]]++;
    }
    sizes.values().forEach(size -> assertThat(size[2]).isCloseTo(size[0], within(200)));
  }

  @Test
  void foldsDivideAllRows() {
    Folds folds = Split.folds(4).salt("x");
    int[] sizes = new int[4];
    for (int fold : folds.assign(ROWS)) {
      sizes[fold]++;
    }
    for (int fold = 0; fold < 4; fold++) {
      assertThat(sizes[fold]).isCloseTo(5_000, within(250));
      assertThat(folds.validationFold(fold).validation().select(ROWS).size())
          .isEqualTo(sizes[fold]);
    }
  }

  @Test
  void aPartIsAStepOfAChain() {
    SplitPart train = Split.byHash().test(0.5).train();
    assertThat(train.fn().outputSchema(ROWS.schema())).isEqualTo(ROWS.schema());
    assertThat(train.fn().apply(ROWS, RowErrors.fail()).size())
        .isEqualTo(train.select(ROWS).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"by_time": "time", "validation_from": "2013-10-01", "test_from": "2013-11-01"} | {"by_time":"time","test_from":"2013-11-01","validation_from":"2013-10-01","zone":"America/New_York"}
          {"by_column": "part"} | {"by_column":"part"}
          {"by_hash": {"validation": 0.1, "test": 0.2}, "salt": "flights"} | {"by_hash":{"test":0.2,"validation":0.1},"salt":"flights"}
          {"by_group": "origin", "shares": {"test": 0.2}} | {"by_group":"origin","salt":"","shares":{"test":0.2,"validation":0}}
          {"stratified": "late", "shares": {"validation": 0.5}} | {"salt":"","shares":{"test":0,"validation":0.5},"stratified":"late"}
          {"fold": 1, "of": 5} | {"fold":1,"of":5,"salt":""}
          """)
  void definitionsAreReadAndWritten(String json, String canonical) {
    Split split = Split.fromJson(CanonicalJson.parse("split", json), "America/New_York");
    assertThat(split).hasToString(canonical);
    assertThat(Split.fromJson(split.toJson())).isEqualTo(split);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"by_tme": "time"} | Invalid dataset-split.by_tme: unknown key (did you mean by_time?)
          {"by_time": "time", "test_form": "2013-01-01"} | Invalid dataset-split.test_form: unknown key (did you mean test_from?)
          {"by_time": "time", "validation_from": "2013-11-01", "test_from": "2013-10-01"} | Invalid dataset-split.test_from: 2013-10-01 (must be not before validation_from 2013-11-01)
          {"by_time": "origin", "test_from": "2013-10-01"} | Invalid dataset-split.by_time: column origin is string (must be timestamp)
          {"by_time": "tim", "test_from": "2013-10-01"} | Invalid dataset-split.by_time: tim is not a column of the input (did you mean time?)
          {"by_hash": {"validation": 0.5, "test": 0.5}} | Invalid dataset-split.by_hash.test: validation and test take all rows (together they must be less than 1)
          {"by_hash": {"test": 1.5}} | Invalid dataset-split.by_hash.test: 1.5 (must be at least 0 and less than 1)
          {"by_hash": {"tset": 0.5}} | Invalid dataset-split.by_hash.tset: unknown key (did you mean test?)
          {"by_group": "orign", "shares": {"test": 0.5}} | Invalid dataset-split.by_group: orign is not a column of the input (did you mean origin?)
          {"by_hash": {"test": 0.5}} | Invalid dataset-split.by_hash: the rows have no keys (declare row_key where they are read)
          {"fold": 5, "of": 5} | Invalid dataset-split.fold: 5 (must be from 0 to 4)
          """)
  void whatIsWrongIsSaidWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> Split.fromJson(CanonicalJson.parse("split", json)).check(SCHEMA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private static RowBatch rows(int count) {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    String[] origins = {"JFK", "LGA", "EWR", "BOS", "SFO", "LAX", "ORD", null};
    for (int row = 0; row < count; row++) {
      builder.addRow((long) row, origins[row % origins.length], row * 1_000_000L);
    }
    return RowKey.of(List.of("id")).attach(builder.build());
  }
}
