package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.oneHot;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class OneHotContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(oneHot("city", "shared").minCount(2));
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
