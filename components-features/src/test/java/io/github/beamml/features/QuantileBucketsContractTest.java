package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.quantileBuckets;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class QuantileBucketsContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(
        quantileBuckets("miles").buckets(3), quantileBuckets("fare").buckets(5).exact());
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
