package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.minMax;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class MinMaxContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(
        minMax("miles", "stops").as("miles_share", "stops_share"), minMax("fare"));
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
