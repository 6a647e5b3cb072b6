package io.github.beamml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarListTest {
  @Test
  void aListNamesJarsByTheirPlaceInTheRepository() {
    assertThat(JarList.parse("@repository@/a/b/1/b-1.jar;@repository@/c/d/2/d-2.jar\n"))
        .containsExactly("a/b/1/b-1.jar", "c/d/2/d-2.jar");
  }

  @Test
  void aJarFromElsewhereIsRefused() {
    assertThatThrownBy(() -> JarList.parse("@repository@/a/b/1/b-1.jar;/elsewhere/c.jar"))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot read a list of jars: /elsewhere/c.jar is not of the repository");
  }

  @Test
  void anUnknownServerHasNoList() {
    assertThatThrownBy(() -> JarList.of("zookeeper"))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot read resource /META-INF/beamml/zookeeper.artifact: it is not on the class"
                + " path");
  }

  @Test
  void theFirstPlaceThatHasAllJarsIsTaken(@TempDir Path folder) throws Exception {
    Path one = Files.createFile(folder.resolve("one.jar"));
    Path two = Files.createFile(folder.resolve("two.jar"));
    Path gone = folder.resolve("gone.jar");
    assertThat(JarList.of("kafka").firstComplete(List.of(List.of(one, gone), List.of(one, two))))
        .containsExactly(one, two);
  }

  @Test
  void aJarThatIsNowhereIsNamedWithWhatToDo(@TempDir Path folder) {
    Path gone = folder.resolve("gone.jar");
    assertThatThrownBy(() -> JarList.of("kafka").firstComplete(List.of(List.of(gone))))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot find the jars of kafka: "
                + gone
                + " is missing \\(run: mvn dependency:get "
                + "-Dartifact=io\\.github\\.beamml:beamml-local-cluster-kafka:[0-9.]+(-SNAPSHOT)?\\)");
  }
}
