package io.github.beamml.io.file;

import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.component.SinkProvider;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Offers what writes rows as files into a folder and gives the files' names. */
public abstract class FileSinkProvider extends SinkProvider<String> {
  private static final Descriptor PLACE =
      Descriptor.of("files", "Where files are written.", FileParameters.FOLDER, SHARDS);

  /**
   * @param what it writes, as a sentence
   * @param more parameters besides folder and number of files
   */
  protected FileSinkProvider(String name, String what, Parameter<?>... more) {
    super(
        Descriptor.of(
                name,
                what
                    + " Which file a row is in depends on its content alone. Output: the files'"
                    + " names.",
                more)
            .with(PLACE));
  }

  @Override
  protected final PTransform<PCollection<String>, PCollection<Row>> toRows() {
    return FileNames.toRows();
  }
}
