package io.github.beamml.features;

import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Joins the states of a pass key by key, in parallel; the order changes no byte. */
public final class MergeStates
    extends PTransform<PCollection<KV<String, byte[]>>, PCollection<KV<String, byte[]>>> {
  private static final long serialVersionUID = 1L;

  private MergeStates() {}

  public static MergeStates byKey() {
    return new MergeStates();
  }

  @Override
  public PCollection<KV<String, byte[]>> expand(PCollection<KV<String, byte[]>> states) {
    return states
        .apply("GroupByState", GroupByKey.create())
        .apply("Merge", ParDo.of(new MergeStatesFn()))
        .setCoder(FitSink.stateCoder());
  }
}
