package io.github.beamml.features;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** {@link Features#applyFrom} for every SDK. */
public final class ApplyFeaturesProvider extends ComponentProvider {
  private static final Parameter<String> FEATURES =
      Parameter.string("features", "File of fitted features, such as a run's features.json.")
          .required();

  public ApplyFeaturesProvider() {
    super(
        Descriptor.of(
                "apply_features",
                "Transforms rows by fitted features, with equal bits in batch and stream.",
                FEATURES)
            .withErrors(),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    ApplyToRows apply = Features.applyFrom(configuration.get(FEATURES));
    boolean keeping = configuration.errorOutput().isPresent();
    PCollectionTuple results =
        onlyInput(input).apply("Apply", keeping ? apply.keepingDeadLetters() : apply);
    return outputs(configuration, results.get(ApplyToRows.ROWS), results.get(ApplyToRows.ERRORS));
  }
}
