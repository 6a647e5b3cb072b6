package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.io.file.FileParameters;
import io.github.beamml.io.file.FileSinkProvider;

/** Offers {@link JsonLines#write} in every language. */
public final class WriteJsonProvider extends FileSinkProvider {

  public WriteJsonProvider() {
    super(
        "write_json",
        "Writes rows as files of one JSON object a line; timestamps are ISO-8601 in UTC, bytes"
            + " base64.");
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return JsonLines.sink(configuration.get(FileParameters.FOLDER));
  }
}
