package io.github.beamml.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files beside a test that pin what must not change unnoticed, in {@code src/test/resources} under
 * the test's package. {@code -Dbeamml.write.golden=true} writes them anew.
 */
final class Golden {
  private static final String WRITE = "beamml.write.golden";

  private final Class<?> test;
  private final String name;

  private Golden(Class<?> test, String name) {
    this.test = test;
    this.name = name;
  }

  static Golden file(Class<?> test, String name) {
    return new Golden(test, name);
  }

  /** What the file holds, if there is one. */
  Optional<String> text() {
    try (InputStream in = test.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless the file holds exactly this. */
  void check(String actual) {
    if (Boolean.getBoolean(WRITE)) {
      write(actual);
      return;
    }
    if (text().isEmpty()) {
      fail("There is no golden file " + path() + ": write it by " + command());
    }
    assertThat(actual)
        .as("golden file %s; if the change is meant, write it anew by %s", path(), command())
        .isEqualTo(text().orElseThrow());
  }

  private Path path() {
    return Path.of("src", "test", "resources")
        .resolve(test.getPackageName().replace('.', '/'))
        .resolve(name);
  }

  private String command() {
    return "mvn test -Dtest=" + test.getSimpleName() + " -D" + WRITE + "=true";
  }

  private void write(String text) {
    try {
      Files.createDirectories(path().getParent());
      Files.writeString(path(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
