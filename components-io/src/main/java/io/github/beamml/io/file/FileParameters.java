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

  private FileParameters() {}

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
