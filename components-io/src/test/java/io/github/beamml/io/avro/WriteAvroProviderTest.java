package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.Readings;
import io.github.beamml.io.file.WriterContract;
import io.github.beamml.testkit.ProviderCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
    String a = folder + "/a";
    List<Object> first = List.of(1L, 5_000_001L, 0.5);
    List<Object> second = Arrays.asList(2L, null, null);

    ProviderCase base =
        ProviderCase.of(Map.of("path", a))
            .input(Readings.two())
            .gives(Map.of("a", List.of(List.of(first, second))))
            .like((pipeline, inputs) -> inputs.get("input").apply(AvroFiles.write(a, 1)));
    return List.of(
        base,
        base.with("path", folder + "/b").gives(Map.of("b", List.of(List.of(first, second)))),
        base.with("shards", 5L).gives(Map.of("a", List.of(List.of(first), List.of(second)))),
        base.with("shards", 0L).fails("Invalid shards: 0 (must be from 1 to 10000)"));
  }
}
