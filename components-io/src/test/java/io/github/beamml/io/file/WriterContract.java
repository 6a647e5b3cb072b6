package io.github.beamml.io.file;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.io.Collected;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** The contract of what writes files: folder by folder, what each file holds. */
public interface WriterContract extends ProviderContract {
  /** What one file holds, as its format's own source reads it. */
  BatchSource<?> source(String file);

  @Override
  default Object seen(ProviderRun run) throws IOException {
    Map<String, List<Object>> folders = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String folder = run.folder().relativize(file.getParent()).toString();
        folders.computeIfAbsent(folder, first -> new ArrayList<>()).add(content(file));
      }
    }
    folders.values().forEach(list -> list.sort(Comparator.comparing(String::valueOf)));
    return folders;
  }

  /** The rows of a file in an order that does not depend on the run. */
  default Object content(Path file) throws IOException {
    List<List<Object>> rows = new ArrayList<>(Collected.from(source(file.toString())).rows());
    rows.sort(Comparator.comparing(String::valueOf));
    return rows;
  }

  /**
   * The cases of a format that keeps every value and has no parameters but folder and shards.
   *
   * @param write the same in Java: into this folder, as one file
   */
  static List<ProviderCase> plainCases(
      Path folder, Function<String, PTransform<PCollection<Row>, ?>> write) {
    String a = folder + "/a";
    List<Object> first = List.of(1L, 5_000_001L, 0.5);
    List<Object> second = Arrays.asList(2L, null, null);
    ProviderCase base =
        ProviderCase.of(Map.of("path", a))
            .input(Readings.two())
            .gives(Map.of("a", List.of(List.of(first, second))))
            .like((pipeline, inputs) -> inputs.get("input").apply(write.apply(a)));
    return List.of(
        base,
        base.with("path", folder + "/b").gives(Map.of("b", List.of(List.of(first, second)))),
        base.with("shards", 5L).gives(Map.of("a", List.of(List.of(first), List.of(second)))),
        base.with("shards", 0L).fails("Invalid shards: 0 (must be from 1 to 10000)"));
  }
}
