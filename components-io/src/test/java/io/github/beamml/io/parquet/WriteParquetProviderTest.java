package io.github.beamml.io.parquet;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.file.WriterContract;
import io.github.beamml.testkit.ProviderCase;
import java.nio.file.Path;
import java.util.List;

class WriteParquetProviderTest implements WriterContract {
  @Override
  public ComponentProvider provider() {
    return new WriteParquetProvider();
  }

  @Override
  public BatchSource<?> source(String file) {
    return ParquetFiles.source(file);
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    return WriterContract.plainCases(folder, to -> ParquetFiles.write(to, 1));
  }
}
