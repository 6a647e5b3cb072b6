package io.github.beamml.io.parquet;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.Readings;
import io.github.beamml.io.file.Written;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ReadParquetProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ReadParquetProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    String two = Written.by(ParquetFiles.sink(folder + "/two"), Readings.two());
    String other = Written.by(ParquetFiles.sink(folder + "/other"), Readings.ids(7));
    RowBatch columns = Readings.as("{x: double?, id: int64}", Readings.two());

    ProviderCase base =
        ProviderCase.of(Map.of("path", two))
            .gives(Readings.two())
            .like((pipeline, inputs) -> pipeline.apply(ParquetFiles.read(two)));
    return List.of(
        base,
        base.with("path", other).gives(Readings.ids(7)),
        base.with("columns", List.of("x", "id")).gives(columns),
        base.with("columns", List.of("xx"))
            .fails("Invalid columns: xx is not a column of the input (did you mean x?)"));
  }
}
