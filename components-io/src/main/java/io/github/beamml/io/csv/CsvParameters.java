package io.github.beamml.io.csv;

import io.github.beamml.core.component.Configuration;
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

  private CsvParameters() {}

  static CsvFormat format(Configuration configuration) {
    CsvFormat format =
        CsvFormat.rfc4180()
            .withSeparator(configuration.get(SEPARATOR))
            .withNullText(configuration.get(NULL_TEXT));
    return configuration.get(HEADER) ? format : format.withoutHeader();
  }
}
