package io.github.beamml.features;

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

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

/** Steps fitted to what fitted steps put out: several passes. */
class DeepPlanContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(
        impute("miles").withMedian().exact().indicator(),
        impute("city").withMostFrequent(),
        standardize("miles", "fare"),
        minMax("miles").as("miles_share"),
        quantileBuckets("miles").buckets(5),
        buckets("stops").boundaries(-1, 0, 3),
        index("city").topK(5),
        oneHot("city", "shared").topK(6),
        cyclic("start").hour().dayOfYear().zone("America/New_York"),
        derive("twice", "miles * 2.0 + double(stops)"),
        derive("local_month", "month(start)").zone("Asia/Kolkata"),
        standardize("twice"),
        keep("shared"));
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
