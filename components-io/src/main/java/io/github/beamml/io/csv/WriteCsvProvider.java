package io.github.beamml.io.csv;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.io.file.FileParameters;
import io.github.beamml.io.file.FileSinkProvider;

/** Offers {@link CsvFiles#write} in every language. */
public final class WriteCsvProvider extends FileSinkProvider {

  public WriteCsvProvider() {
    super(
        "write_csv",
        "Writes rows as CSV files (RFC 4180, UTF-8).",
        CsvParameters.SEPARATOR,
        CsvParameters.HEADER,
        CsvParameters.NULL_TEXT);
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return CsvFiles.sink(
        configuration.get(FileParameters.FOLDER), CsvParameters.format(configuration));
  }
}
