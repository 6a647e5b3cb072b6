package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.avro.AvroFiles;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.json.JsonLines;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.ReaderDefinition;
import java.nio.file.Path;

/** The sources of {@code source: files}. */
public final class FileSources {
  private FileSources() {}

  /**
   * @throws io.github.beamml.engine.CannotException if there is no such file
   */
  public static void check(Path folder, ReaderDefinition.FileSource source) {
    new FilePattern(pattern(folder, source)).match();
  }

  private static String pattern(Path folder, ReaderDefinition.FileSource source) {
    return source.pattern().contains("://")
        ? source.pattern()
        : folder.resolve(source.pattern()).toString();
  }

  static BatchSource<?> open(Path folder, ReaderDefinition.FileSource source, RowSchema schema) {
    String pattern = pattern(folder, source);
    return switch (source.format()) {
      case "parquet" -> ParquetFiles.source(pattern, schema);
      case "csv" -> CsvFiles.source(pattern, schema, source.csv());
      case "avro" -> AvroFiles.source(pattern, schema);
      default -> JsonLines.source(pattern, schema);
    };
  }
}
