package io.github.beamml.io.csv;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SourceProvider;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.file.FileParameters;

/** Offers {@link CsvFiles#read} in every language. */
public final class ReadCsvProvider extends SourceProvider {
  public ReadCsvProvider() {
    super(
        Descriptor.of(
                "read_csv",
                "Reads CSV files (RFC 4180, UTF-8) as rows of a declared schema; a record that does"
                    + " not fit is a dead letter with its reason, file and line.",
                FileParameters.PATH,
                FileParameters.SCHEMA)
            .with(CsvParameters.READING)
            .withErrors());
  }

  @Override
  protected BatchSource<?> source(Configuration configuration) {
    return CsvFiles.source(
        configuration.get(FileParameters.PATH),
        SchemaText.parse("schema", configuration.get(FileParameters.SCHEMA)),
        CsvParameters.format(configuration));
  }
}
