package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SinkProvider;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Offers {@link JsonLines#write} in every language. */
public final class WriteJsonProvider extends SinkProvider<String> {

  public WriteJsonProvider() {
    super(
        Descriptor.of(
            "write_json",
            "Writes rows as files of one JSON object a line; timestamps are ISO-8601 in UTC, bytes"
                + " base64. Which file a row is in depends on its content alone. Output: the files'"
                + " names.",
            FileParameters.FOLDER,
            SHARDS));
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return JsonLines.sink(configuration.get(FileParameters.FOLDER));
  }

  @Override
  protected PTransform<PCollection<String>, PCollection<Row>> toRows() {
    return FileNames.toRows();
  }
}
