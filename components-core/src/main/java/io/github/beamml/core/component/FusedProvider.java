package io.github.beamml.core.component;

import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers a {@link io.github.beamml.core.chain.Chain} of components in every language. */
public final class FusedProvider extends ComponentProvider {
  private static final Parameter<String> CHAIN =
      Parameter.string(
              "chain",
              "The steps as JSON, such as {\"steps\": [{\"type\": \"read_parquet\", \"config\":"
                  + " {\"path\": \"flights/*.parquet\"}}, {\"type\": \"apply_features\","
                  + " \"config\": {\"features\": \"features.json\"}}]}: what reads, what computes,"
                  + " perhaps what writes.")
          .required();

  public FusedProvider() {
    super(
        Descriptor.of(
                "fused",
                "Reads, computes and perhaps writes in one transform: the steps hand each other"
                    + " batches of rows in memory.",
                CHAIN)
            .withErrors());
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    return FusedChain.parse(CHAIN.name(), configuration.get(CHAIN)).expand(input, configuration);
  }
}
