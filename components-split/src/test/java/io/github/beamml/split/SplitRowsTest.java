package io.github.beamml.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.split.Part;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.split.SplitReport;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class SplitRowsTest {
  private static final Schema SCHEMA =
      Schema.builder().addInt64Field("id").addStringField("origin").build();
  private static final Split SPLIT = Split.byHash().validation(0.25).test(0.25).salt("x");

  @Test
  void partsAndTheReportAgree() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = rows(pipeline).apply(SplitRows.withKeys(List.of("id")));
    PCollection<byte[]> report = rows.apply(ReportSplit.of(SPLIT).label("origin").group("origin"));
    PCollection<Row> test = rows.apply(SplitRows.only(SPLIT.test()));
    PAssert.thatSingleton(test.apply(Count.globally())).isEqualTo(59L);
    PAssert.thatSingleton(report)
        .satisfies(
            bytes -> {
              SplitReport found = SplitReport.parse("origin", "origin", bytes);
              assertThat(found.rows(Part.TEST)).isEqualTo(59);
              assertThat(found.rows(Part.TRAIN) + found.rows(Part.VALIDATION)).isEqualTo(141);
              assertThat(found.groupsOnSeveralSides()).containsExactly("JFK", "LGA");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rowsWithoutKeysAreRefusedWhenThePipelineIsBuilt() {
    PCollection<Row> rows = rows(Pipeline.create());
    assertThatThrownBy(() -> rows.apply(SplitRows.mark(SPLIT, "part")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid dataset-split.by_hash: the rows have no keys (declare row_key where they are"
                + " read)");
  }

  private static PCollection<Row> rows(Pipeline pipeline) {
    List<Row> rows =
        LongStream.range(0, 200)
            .mapToObj(
                id -> Row.withSchema(SCHEMA).addValues(id, id % 3 == 0 ? "JFK" : "LGA").build())
            .toList();
    return pipeline.apply(Create.of(rows).withRowSchema(SCHEMA));
  }
}
