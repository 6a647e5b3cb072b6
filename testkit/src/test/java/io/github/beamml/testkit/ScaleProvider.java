package io.github.beamml.testkit;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Offers {@link ScaleFn} in every language. */
public final class ScaleProvider extends ComponentProvider {
  static final Parameter<Double> FACTOR =
      Parameter.float64("factor", "What x is multiplied by.").defaultTo(2.0);

  public ScaleProvider() {
    super(Descriptor.of("scale", "Multiplies the column x.", FACTOR).withErrors(), INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    ApplyToRows scale = ApplyToRows.of(new ScaleFn(configuration.get(FACTOR)));
    PCollectionTuple results =
        onlyInput(input)
            .apply(configuration.errorOutput().isEmpty() ? scale : scale.keepingDeadLetters());
    return outputs(configuration, results.get(ApplyToRows.ROWS), results.get(ApplyToRows.ERRORS));
  }
}
