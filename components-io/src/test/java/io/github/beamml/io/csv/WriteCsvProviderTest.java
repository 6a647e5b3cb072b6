package io.github.beamml.io.csv;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.Readings;
import io.github.beamml.io.file.WriterContract;
import io.github.beamml.testkit.ProviderCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class WriteCsvProviderTest implements WriterContract {
  @Override
  public ComponentProvider provider() {
    return new WriteCsvProvider();
  }

  @Override
  public BatchSource<?> source(String file) {
    return CsvFiles.source(file, Readings.SCHEMA, CsvFormat.rfc4180());
  }

  /** Its lines: the format is what is to be seen. */
  @Override
  public Object content(Path file) throws IOException {
    return Files.readString(file).lines().sorted().toList();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    String a = folder + "/a";
    String first = "1,1970-01-01T00:00:05.000001Z,0.5";
    ProviderCase base =
        ProviderCase.of(Map.of("path", a))
            .input(Readings.two())
            .gives(Map.of("a", List.of(List.of(first, "2,,", "id,at,x"))))
            .like((pipeline, inputs) -> inputs.get("input").apply(CsvFiles.write(a, 1)));
    return List.of(
        base,
        base.with("path", folder + "/b")
            .gives(Map.of("b", List.of(List.of(first, "2,,", "id,at,x")))),
        base.with("shards", 5L)
            .gives(Map.of("a", List.of(List.of(first, "id,at,x"), List.of("2,,", "id,at,x")))),
        base.with("header", false).gives(Map.of("a", List.of(List.of(first, "2,,")))),
        base.with("null_text", "NA")
            .gives(Map.of("a", List.of(List.of(first, "2,NA,NA", "id,at,x")))),
        base.with("separator", ";")
            .gives(Map.of("a", List.of(List.of(first.replace(',', ';'), "2;;", "id;at;x")))));
  }
}
