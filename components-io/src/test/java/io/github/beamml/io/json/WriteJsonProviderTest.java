package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.Readings;
import io.github.beamml.io.file.WriterContract;
import io.github.beamml.testkit.ProviderCase;
import java.nio.file.Path;
import java.util.List;

class WriteJsonProviderTest implements WriterContract {
  @Override
  public ComponentProvider provider() {
    return new WriteJsonProvider();
  }

  @Override
  public BatchSource<?> source(String file) {
    return JsonLines.source(file, Readings.SCHEMA);
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    return WriterContract.plainCases(folder, to -> JsonLines.write(to, 1));
  }
}
