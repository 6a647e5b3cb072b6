package io.github.beamml.workflow.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown pages of the repository. */
final class Pages {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> FOLDERS = List.of("docs", "examples", "benchmarks", "deploy");

  private Pages() {}

  static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + page, e);
    }
  }

  /** Those beside the root's pom, and all below the folders that hold pages. */
  static List<Path> all() throws IOException {
    Stream<Path> pages = list(ROOT, 1);
    for (String folder : FOLDERS) {
      if (Files.isDirectory(ROOT.resolve(folder))) {
        pages = Stream.concat(pages, list(ROOT.resolve(folder), Integer.MAX_VALUE));
      }
    }
    return pages.sorted().toList();
  }

  private static Stream<Path> list(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
    }
  }
}
