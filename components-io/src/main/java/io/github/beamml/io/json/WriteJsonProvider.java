package io.github.beamml.io.json;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link JsonLines#write} in every language. */
public final class WriteJsonProvider extends ComponentProvider {

  public WriteJsonProvider() {
    super(
        Descriptor.of(
            "write_json",
            "Writes rows as files of one JSON object a line; timestamps are ISO-8601 in UTC, bytes"
                + " base64. Which file a row is in depends on its content alone. Output: the files'"
                + " names.",
            FileParameters.FOLDER,
            FileParameters.SHARDS),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    return PCollectionRowTuple.of(
        OUTPUT,
        onlyInput(input)
            .apply(
                "Write",
                JsonLines.write(
                    configuration.get(FileParameters.FOLDER), FileParameters.shards(configuration)))
            .apply("Names", FileNames.toRows()));
  }
}
