package io.github.beamml.io.parquet;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SourceProvider;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.FileParameters;

/** Offers {@link ParquetFiles#read} in every language. */
public final class ReadParquetProvider extends SourceProvider {

  public ReadParquetProvider() {
    super(
        Descriptor.of(
            "read_parquet",
            "Reads Parquet files as rows; the first file's schema holds for all.",
            FileParameters.PATH,
            FileParameters.COLUMNS));
  }

  @Override
  protected BatchSource<?> source(Configuration configuration) {
    String path = configuration.get(FileParameters.PATH);
    RowSchema schema = FileParameters.select(configuration, ParquetFiles.schemaOf(path));
    return ParquetFiles.source(path, schema);
  }
}
