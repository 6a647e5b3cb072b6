package io.github.beamml.core.component;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.engine.row.BatchFn;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Offers what computes rows one by one: alone, or as a step of a {@link FusedChain}. */
public abstract class FunctionProvider extends ComponentProvider {
  /**
   * @param moreInputs names of inputs behind {@link #INPUT}, for a component that overrides {@link
   *     #expand}
   */
  protected FunctionProvider(Descriptor descriptor, String... moreInputs) {
    super(descriptor, behindInput(moreInputs));
  }

  private static String[] behindInput(String... more) {
    String[] inputs = new String[more.length + 1];
    inputs[0] = INPUT;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return inputs;
  }

  /** What is computed, one after the other. */
  protected abstract List<BatchFn> functions(Configuration configuration);

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    ApplyToRows apply = ApplyToRows.of(functions(configuration));
    PCollectionTuple results =
        onlyInput(input)
            .apply(
                "Rows",
                configuration.errorOutput().isPresent() ? apply.keepingDeadLetters() : apply);
    return outputs(configuration, results.get(ApplyToRows.ROWS), results.get(ApplyToRows.ERRORS));
  }
}
