package io.github.beamml.features;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import org.apache.beam.sdk.transforms.DoFn;

/** Lets fitted features pass, and says so where the passes were too few. */
final class RequireFittedFn extends DoFn<Fitting, FittedFeatures> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element Fitting fitting, OutputReceiver<FittedFeatures> output) {
    output.output(require(fitting));
  }

  static FittedFeatures require(Fitting fitting) {
    if (fitting instanceof FitPass pass) {
      throw CannotException.to(
          "fit features",
          "an exact quantile needs pass " + pass.number() + " (fit it without `exact`)");
    }
    return (FittedFeatures) fitting;
  }
}
