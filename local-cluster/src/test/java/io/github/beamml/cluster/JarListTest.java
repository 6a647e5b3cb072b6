package io.github.beamml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import org.junit.jupiter.api.Test;

class JarListTest {
  @Test
  void aListNamesJarsByTheirPlaceInTheRepository() {
    assertThat(JarList.parse("@repository@/a/b/1/b-1.jar;@repository@/c/d/2/d-2.jar\n"))
        .containsExactly("a/b/1/b-1.jar", "c/d/2/d-2.jar");
  }

  @Test
  void aJarFromElsewhereIsRefused() {
    assertThatThrownBy(() -> JarList.parse("@repository@/a/b/1/b-1.jar;/tmp/c.jar"))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot read a list of jars: /tmp/c.jar is not of the repository");
  }

  @Test
  void anUnknownServerHasNoList() {
    assertThatThrownBy(() -> JarList.of("zookeeper"))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot read resource /META-INF/beamml/zookeeper.artifact: it is not on the class path");
  }
}
