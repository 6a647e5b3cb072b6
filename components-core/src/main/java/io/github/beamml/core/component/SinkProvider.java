package io.github.beamml.core.component;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.WriteRows;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;

/**
 * Offers what writes bounded rows: alone, in as many shards as {@link #SHARDS} says, or as the last
 * step of a {@link FusedChain}, whose shards are its reader's splits.
 *
 * @param <OutT> what the sink says of a shard
 */
public abstract class SinkProvider<OutT> extends ComponentProvider {
  /** Into how many files; for the descriptor of each of them. */
  protected static final Parameter<Long> SHARDS =
      Parameter.between(
          1, 10_000, Parameter.int64("shards", "Number of files to write.").defaultTo(1L));

  protected SinkProvider(Descriptor descriptor) {
    super(descriptor, INPUT);
  }

  protected abstract BatchSink<OutT> sink(Configuration configuration);

  /** What is said of the shards, as rows. */
  protected abstract PTransform<PCollection<OutT>, PCollection<Row>> toRows();

  @Override
  protected final PCollectionRowTuple expand(
      PCollectionRowTuple input, Configuration configuration) {
    int shards = Math.toIntExact(configuration.get(SHARDS));
    return PCollectionRowTuple.of(
        OUTPUT,
        onlyInput(input)
            .apply("Write", WriteRows.into(sink(configuration), shards))
            .apply("Names", toRows()));
  }

  /**
   * Ends a chain in this sink.
   *
   * @param outer says where the dead letters of the whole chain go
   * @param own says what is written
   */
  final PCollectionRowTuple write(
      PCollectionRowTuple input, Configuration outer, Chain chain, Configuration own) {
    Chain.Into<OutT> into = chain.into(sink(own));
    Chain.Result<OutT> written =
        input
            .getPipeline()
            .apply("Write", outer.errorOutput().isPresent() ? into.keepingDeadLetters() : into);
    return outputs(outer, written.output().apply("Names", toRows()), written.errors());
  }
}
