package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "bin", "beamml");

  @TempDir private Path folder;

  private String start(String javaHome) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", LAUNCHER.toString(), "--help").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    return said;
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws IOException, InterruptedException {
    assertThat(start("/nowhere"))
        .isEqualTo(
            "Cannot start beamml: no Java 17 found (JAVA_HOME is /nowhere, which has no"
                + " bin/java)\n");
  }

  @Test
  void anOldJavaIsNamed() throws IOException, InterruptedException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertThat(start(folder.toString()))
        .isEqualTo(
            "Cannot start beamml: no Java 17 found (" + java + " is Java 11.0.2; set JAVA_HOME)\n");
  }

  @Test
  void theListOfOpenPackagesIsFoundInTheParentPom() throws IOException {
    String launcher = Files.readString(LAUNCHER);
    String pom = Files.readString(Path.of("..", "pom.xml"));
    Pattern list = Pattern.compile("<runner\\.opens>(.*) \\$\\{runner\\.opens\\.of-jdk}<");
    assertThat(launcher)
        .contains("s/.*<runner\\.opens>\\(.*\\) \\${runner\\.opens\\.of-jdk}<.*/\\1/p");
    assertThat(pom.lines().filter(line -> list.matcher(line).find())).hasSize(1);
  }

  @Test
  void noRegistryIsNamed() throws IOException {
    assertThat(Files.readString(LAUNCHER)).doesNotContain("http");
    assertThat(Files.readString(Path.of("..", ".ci", "run"))).doesNotContain("http");
  }
}
