package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.impute;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class ImputeMeanContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(impute("miles", "stops").withMean().indicator());
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
