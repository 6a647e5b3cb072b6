package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.derive;
import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.quantileBuckets;
import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.testkit.BatchFnContract;
import java.util.List;

class ApplyContractTest implements BatchFnContract {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.nullable("carrier", ValueType.STRING),
          Field.nullable("time", ValueType.TIMESTAMP),
          Field.nullable("x", ValueType.DOUBLE),
          Field.required("n", ValueType.INT64));

  private static RowBatch training() {
    return RowBatch.builder(SCHEMA)
        .addRow("UA", 0L, 1.5, 1L)
        .addRow("B6", 3_600_000_000L, -2.0, 2L)
        .addRow("UA", null, null, 3L)
        .build();
  }

  @Override
  public BatchFn function() {
    FeaturePlan plan =
        FeaturePlan.of(
            quantileBuckets("x").buckets(3),
            impute("x").withMedian().indicator(),
            derive("share", "100 / n"),
            standardize("x", "n"),
            oneHot("carrier"),
            cyclic("time").hour().dayOfYear().zone("America/New_York"),
            index("carrier").unknownIsError());
    return plan.fit(SCHEMA, List.of(training())).fn();
  }

  @Override
  public RowBatch rows() {
    return RowBatch.builder(SCHEMA)
        .addRow("UA", 0L, 1.5, 1L)
        .addRow("unknown", 0L, 1.5, 1L)
        .addRow(null, null, null, Long.MAX_VALUE)
        .addRow("B6", Long.MAX_VALUE / 2, Double.NaN, Long.MIN_VALUE)
        .addRow("B6", -1L, Double.POSITIVE_INFINITY, 0L)
        .addRow("UA", 1L, 1e-310, 5L)
        .build();
  }
}
