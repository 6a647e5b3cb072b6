package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.standardize;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class StandardizeContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(standardize("miles", "fare", "stops"));
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
