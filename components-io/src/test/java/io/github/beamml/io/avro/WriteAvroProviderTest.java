package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.file.WriterContract;
import io.github.beamml.testkit.ProviderCase;
import java.nio.file.Path;
import java.util.List;

class WriteAvroProviderTest implements WriterContract {
  @Override
  public ComponentProvider provider() {
    return new WriteAvroProvider();
  }

  @Override
  public BatchSource<?> source(String file) {
    return AvroFiles.source(file);
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    return WriterContract.plainCases(folder, to -> AvroFiles.write(to, 1));
  }
}
