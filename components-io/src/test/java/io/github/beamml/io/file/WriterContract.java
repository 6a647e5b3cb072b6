package io.github.beamml.io.file;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.io.Collected;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
}
