package io.github.beamml.io.file;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowSchema;
import java.util.List;

/** Parameters that readers and writers of files have in common. */
public final class FileParameters {
  /** What is read. */
  public static final Parameter<String> PATH =
      Parameter.string(
              "path",
              "Files to read: a path, a path with wildcards, or a folder, on any file system that"
                  + " Beam knows.")
          .required();

  /** The columns that are read. */
  public static final Parameter<List<String>> COLUMNS =
      Parameter.strings(
          "columns", "Columns to read, in this order; all columns of the first file if left out.");

  /** The declared schema of what is read. */
  public static final Parameter<String> SCHEMA =
      Parameter.string(
              "schema",
              "Columns with their types, such as {id: string, arr_delay: double?}; a type is"
                  + " boolean, int64, double, string, bytes, timestamp or doubles, with a ? where"
                  + " null is allowed.")
          .required();

  /** Where files are written. */
  public static final Parameter<String> FOLDER =
      Parameter.string(
              "path", "Folder to write into, on any file system that Beam knows; made if missing.")
          .required();

  /** Into how many files. */
  public static final Parameter<Long> SHARDS =
      Parameter.atLeast(1, Parameter.int64("shards", "Number of files to write.").defaultTo(1L));

  private static final int MOST_SHARDS = 10_000;

  private FileParameters() {}

  /**
   * The number of files to write.
   *
   * @throws InvalidInputException if there are too many
   */
  public static int shards(Configuration configuration) {
    long shards = configuration.get(SHARDS);
    if (shards > MOST_SHARDS) {
      throw InvalidInputException.of("shards", shards, "at most " + MOST_SHARDS);
    }
    return (int) shards;
  }

  /**
   * The columns asked for, out of those that the files have.
   *
   * @throws InvalidInputException if there is no such column
   */
  public static RowSchema select(Configuration configuration, RowSchema all) {
    List<String> columns = configuration.find(COLUMNS).orElse(List.of());
    columns.forEach(column -> all.position(column, "columns"));
    return columns.isEmpty() ? all : all.select(columns);
  }
}
