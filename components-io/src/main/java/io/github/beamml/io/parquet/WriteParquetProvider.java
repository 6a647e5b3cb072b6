package io.github.beamml.io.parquet;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.io.file.FileParameters;
import io.github.beamml.io.file.FileSinkProvider;

/** Offers {@link ParquetFiles#write} in every language. */
public final class WriteParquetProvider extends FileSinkProvider {

  public WriteParquetProvider() {
    super("write_parquet", "Writes rows as Parquet files (zstd).");
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return ParquetFiles.sink(configuration.get(FileParameters.FOLDER));
  }
}
