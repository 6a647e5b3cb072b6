package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.index;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class IndexContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(index("city").topK(5));
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
