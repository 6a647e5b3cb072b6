package io.github.beamml.serving;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.registry.ModelParameters;
import io.github.beamml.engine.row.BatchFn;
import java.util.List;

/** Offers {@link Score} in every language. */
public final class ScoreProvider extends FunctionProvider {
  public ScoreProvider() {
    super(
        Descriptor.of(
                "score", "Scores raw rows with a model: adds margin, probability and flagged.")
            .with(ModelParameters.DESCRIPTOR)
            .withErrors());
  }

  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    return List.of(ScoreFn.of(ModelParameters.model(configuration)));
  }
}
