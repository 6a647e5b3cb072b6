package io.github.beamml.io.csv;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;

/** Parameters that say what a CSV file looks like. */
final class CsvParameters {
  static final Parameter<String> SEPARATOR =
      Parameter.oneOf(
          Parameter.string("separator", "What stands between two values: , or ; or | or tab.")
              .defaultTo(","),
          ",",
          ";",
          "|",
          "tab");

  static final Parameter<Boolean> HEADER =
      Parameter.flag("header", "Whether the first line names the columns.").defaultTo(true);

  static final Parameter<String> NULL_TEXT =
      Parameter.string(
              "null_text", "A text without quotes that means null, such as NA, beside none at all.")
          .defaultTo("");

  static final Parameter<String> TIME_ZONE =
      Parameter.string(
          "time_zone",
          "Zone of timestamps that are written without one, such as America/New_York; without it"
              + " they are dead letters.");

  static final Parameter<String> OTHER_COLUMNS =
      Parameter.oneOf(
          Parameter.string(
                  "other_columns",
                  "What becomes of columns that the schema lacks: refuse or ignore.")
              .defaultTo("refuse"),
          "refuse",
          "ignore");

  /** Of files that are read. */
  static final Descriptor READING =
      Descriptor.of(
          "csv",
          "What a CSV file looks like.",
          SEPARATOR,
          HEADER,
          NULL_TEXT,
          TIME_ZONE,
          OTHER_COLUMNS);

  private CsvParameters() {}

  static CsvFormat format(Configuration configuration) {
    CsvFormat format =
        CsvFormat.rfc4180()
            .withSeparator(configuration.get(SEPARATOR))
            .withNullText(configuration.get(NULL_TEXT));
    if (!configuration.get(HEADER)) {
      format = format.withoutHeader();
    }
    if (configuration.find(TIME_ZONE).isPresent()) {
      format = format.withZone(configuration.get(TIME_ZONE));
    }
    return configuration.find(OTHER_COLUMNS).filter("ignore"::equals).isPresent()
        ? format.ignoringOtherColumns()
        : format;
  }
}
