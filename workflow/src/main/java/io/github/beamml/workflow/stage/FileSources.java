package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.avro.AvroFiles;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.json.JsonLines;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.ReaderDefinition;
import java.nio.file.Path;

/** The sources of {@code source: files}. */
final class FileSources {
  private FileSources() {}

  static BatchSource<?> open(Path folder, ReaderDefinition.FileSource source, RowSchema schema) {
    String pattern =
        source.pattern().contains("://")
            ? source.pattern()
            : folder.resolve(source.pattern()).toString();
    return switch (source.format()) {
      case "parquet" -> ParquetFiles.source(pattern, schema);
      case "csv" -> CsvFiles.source(pattern, schema, source.csv());
      case "avro" -> AvroFiles.source(pattern, schema);
      default -> JsonLines.source(pattern, schema);
    };
  }
}
