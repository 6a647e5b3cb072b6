package io.github.beamml.features;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.row.BatchFn;
import java.util.List;

/** {@link Features#applyFrom} for every SDK. */
public final class ApplyFeaturesProvider extends FunctionProvider {
  private static final Parameter<String> FEATURES =
      Parameter.string("features", "File of fitted features, such as a run's features.json.")
          .required();

  public ApplyFeaturesProvider() {
    super(
        Descriptor.of(
                "apply_features",
                "Transforms rows by fitted features, with equal bits in batch and stream.",
                FEATURES)
            .withErrors());
  }

  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    return List.of(Features.read(configuration.get(FEATURES)).fn());
  }
}
