package io.github.beamml.io.csv;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link CsvFiles#read} in every language. */
public final class ReadCsvProvider extends ComponentProvider {
  private static final Parameter<String> TIME_ZONE =
      Parameter.string(
          "time_zone",
          "Zone of timestamps that are written without one, such as America/New_York; without it"
              + " they are dead letters.");

  private static final Parameter<String> OTHER_COLUMNS =
      Parameter.oneOf(
          Parameter.string(
                  "other_columns",
                  "What becomes of columns that the schema lacks: refuse or ignore.")
              .defaultTo("refuse"),
          "refuse",
          "ignore");

  public ReadCsvProvider() {
    super(
        Descriptor.of(
                "read_csv",
                "Reads CSV files (RFC 4180, UTF-8) as rows of a declared schema; a record that does"
                    + " not fit is a dead letter with its reason, file and line.",
                FileParameters.PATH,
                FileParameters.SCHEMA,
                CsvParameters.SEPARATOR,
                CsvParameters.HEADER,
                CsvParameters.NULL_TEXT,
                TIME_ZONE,
                OTHER_COLUMNS)
            .withErrors());
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    CsvFormat format = CsvParameters.format(configuration);
    if (configuration.find(TIME_ZONE).isPresent()) {
      format = format.withZone(configuration.get(TIME_ZONE));
    }
    if (configuration.get(OTHER_COLUMNS).equals("ignore")) {
      format = format.ignoringOtherColumns();
    }
    return read(
        input,
        configuration,
        Chain.from(
            CsvFiles.source(
                configuration.get(FileParameters.PATH),
                SchemaText.parse("schema", configuration.get(FileParameters.SCHEMA)),
                format)));
  }
}
