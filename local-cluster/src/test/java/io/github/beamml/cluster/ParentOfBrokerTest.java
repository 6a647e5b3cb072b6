package io.github.beamml.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However the program that started a broker ends, the broker ends with it. */
class ParentOfBrokerTest {
  private final List<Process> parents = new ArrayList<>();

  private record Held(Process parent, Optional<ProcessHandle> broker, Path folder, String line) {}

  @AfterEach
  void endWhatATestLeftBehind() {
    parents.forEach(Process::destroyForcibly);
  }

  @Test
  void theBrokerOfAKilledParentEndsAndLeavesNoFolder() throws Exception {
    Held held = hold();
    held.parent().destroyForcibly();
    assertBrokerEnds(held);
  }

  @Test
  void theBrokerOfAnInterruptedParentEndsAndLeavesNoFolder() throws Exception {
    Held held = hold();
    new ProcessBuilder("kill", "-INT", Long.toString(held.parent().pid())).start().waitFor();
    assertThat(held.parent().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertBrokerEnds(held);
  }

  @Test
  void theBrokerOfAParentThatForgetsItEndsAndLeavesNoFolder() throws Exception {
    Held held = hold();
    held.parent().getOutputStream().close();
    assertThat(held.parent().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(held.parent().exitValue()).isZero();
    assertBrokerEnds(held);
  }

  @Test
  void aBrokerWorksInAnotherLocaleAndTimeZone() throws Exception {
    Held held = hold("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Apia");
    assertThat(held.line()).startsWith("INFO tr_TR Pacific/Apia ");
    held.parent().destroyForcibly();
    assertBrokerEnds(held);
  }

  private Held hold(String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(settings));
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.add(BrokerHolder.class.getName());
    Process parent =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    parents.add(parent);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8));
    String line = output.readLine();
    assertThat(line).as("the parent's line").isNotNull();
    String[] words = line.split(" ", -1);
    Optional<ProcessHandle> broker = ProcessHandle.of(Long.parseLong(words[3]));
    assertThat(broker).as("the broker's process").isPresent();
    return new Held(parent, broker, Path.of(words[4]).getParent(), line);
  }

  private static void assertBrokerEnds(Held held) throws Exception {
    held.broker().orElseThrow().onExit().get(20, TimeUnit.SECONDS);
    assertThat(held.folder()).doesNotExist();
  }
}
