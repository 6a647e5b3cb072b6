package io.github.beamml.features;

import io.github.beamml.engine.feature.FitPass;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Merges the states of one key; each is read once. */
final class MergeStatesFn extends DoFn<KV<String, Iterable<byte[]>>, KV<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<byte[]>> states, OutputReceiver<KV<String, byte[]>> output) {
    output.output(KV.of(states.getKey(), FitPass.merge(states.getKey(), states.getValue())));
  }
}
