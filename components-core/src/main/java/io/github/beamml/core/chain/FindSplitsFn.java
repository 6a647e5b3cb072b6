package io.github.beamml.core.chain;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;

/** Lists a source's splits on a worker, numbered so that their outputs have names. */
final class FindSplitsFn<SplitT extends Serializable> extends DoFn<String, NumberedSplit> {
  private static final long serialVersionUID = 1L;

  private final BatchSource<SplitT> source;

  FindSplitsFn(BatchSource<SplitT> source) {
    this.source = source;
  }

  @ProcessElement
  public void process(OutputReceiver<NumberedSplit> output) throws IOException {
    int number = 0;
    for (SplitT split : source.splits()) {
      output.output(new NumberedSplit(number++, split));
    }
  }
}
