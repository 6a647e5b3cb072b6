package io.github.beamml.core.component;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers what reads bounded rows: alone, or as the first step of a {@link FusedChain}. */
public abstract class SourceProvider extends ComponentProvider {
  protected SourceProvider(Descriptor descriptor) {
    super(descriptor);
  }

  /** What is read; its schema is known when the pipeline is built. */
  protected abstract BatchSource<?> source(Configuration configuration);

  @Override
  protected final PCollectionRowTuple expand(
      PCollectionRowTuple input, Configuration configuration) {
    return read(input, configuration, Chain.from(source(configuration)));
  }
}
