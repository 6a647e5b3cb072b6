package io.github.beamml.features;

import io.github.beamml.engine.feature.FittedFeatures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;

/** Writes fitted features into a file; a retry writes the same bytes. */
final class WriteFeaturesFn extends DoFn<FittedFeatures, String> {
  private static final long serialVersionUID = 1L;

  private final String location;

  WriteFeaturesFn(String location) {
    this.location = location;
  }

  @ProcessElement
  public void process(@Element FittedFeatures features, OutputReceiver<String> output)
      throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(
            FileSystems.create(FileSystems.matchNewResource(location, false), MimeTypes.TEXT))) {
      out.write(features.toBytes());
    }
    output.output(location);
  }
}
