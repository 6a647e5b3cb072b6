package io.github.beamml.features;

import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.Fitting;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Ends a pass with the states of all training rows. */
final class FinishFn extends DoFn<KV<Void, Iterable<KV<String, byte[]>>>, Fitting> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<Fitting> view;

  FinishFn(PCollectionView<Fitting> view) {
    this.view = view;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    Fitting fitting = context.sideInput(view);
    if (fitting instanceof FitPass pass) {
      SortedMap<String, byte[]> merged = new TreeMap<>();
      for (KV<String, byte[]> state : context.element().getValue()) {
        if (!state.getKey().isEmpty()) {
          merged.put(state.getKey(), state.getValue());
        }
      }
      context.output(pass.finish(merged));
    } else {
      context.output(fitting);
    }
  }
}
