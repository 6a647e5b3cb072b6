package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.impute;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.FitContract;

class ImputeMostFrequentContractTest implements FitContract {
  @Override
  public FeaturePlan plan() {
    return FeaturePlan.of(impute("city", "stops", "miles", "shared").withMostFrequent());
  }

  @Override
  public RowBatch trainingRows() {
    return Trips.few();
  }
}
