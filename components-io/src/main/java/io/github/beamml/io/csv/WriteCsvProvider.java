package io.github.beamml.io.csv;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SinkProvider;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Offers {@link CsvFiles#write} in every language. */
public final class WriteCsvProvider extends SinkProvider<String> {

  public WriteCsvProvider() {
    super(
        Descriptor.of(
            "write_csv",
            "Writes rows as CSV files (RFC 4180, UTF-8)."
                + " Which file a row is in depends on its content alone. Output: the files' names.",
            FileParameters.FOLDER,
            SHARDS,
            CsvParameters.SEPARATOR,
            CsvParameters.HEADER,
            CsvParameters.NULL_TEXT));
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return CsvFiles.sink(
        configuration.get(FileParameters.FOLDER), CsvParameters.format(configuration));
  }

  @Override
  protected PTransform<PCollection<String>, PCollection<Row>> toRows() {
    return FileNames.toRows();
  }
}
