package io.github.beamml.io.csv;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link CsvFiles#write} in every language. */
public final class WriteCsvProvider extends ComponentProvider {

  public WriteCsvProvider() {
    super(
        Descriptor.of(
            "write_csv",
            "Writes rows as CSV files (RFC 4180, UTF-8)."
                + " Which file a row is in depends on its content alone. Output: the files' names.",
            FileParameters.FOLDER,
            FileParameters.SHARDS,
            CsvParameters.SEPARATOR,
            CsvParameters.HEADER,
            CsvParameters.NULL_TEXT),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    return PCollectionRowTuple.of(
        OUTPUT,
        onlyInput(input)
            .apply(
                "Write",
                CsvFiles.write(
                    configuration.get(FileParameters.FOLDER),
                    FileParameters.shards(configuration),
                    CsvParameters.format(configuration)))
            .apply("Names", FileNames.toRows()));
  }
}
