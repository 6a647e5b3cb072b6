package io.github.beamml.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.LocalNameStore;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.json.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  @TempDir Path folder;
  private ModelRegistry registry;

  @BeforeEach
  void open() {
    registry = ModelRegistry.in(LocalNameStore.at(folder));
  }

  private ModelVersion register(int content, boolean blessed) {
    Digest digest = Digest.of(new byte[] {(byte) content});
    return registry.register(
        "flights", digest, digest, digest, blessed, "r" + content, List.of("nightly"));
  }

  @Test
  void versionsCountFromOneAndAModelKeepsItsVersion() {
    assertThat(register(1, true).label()).isEqualTo("v1");
    assertThat(register(2, true).label()).isEqualTo("v2");
    assertThat(register(1, true).label()).isEqualTo("v1");
    assertThat(registry.versions("flights")).hasSize(2);
    assertThat(registry.models()).containsExactly("flights");
  }

  @Test
  void anEnvironmentServesWhatWasPromotedLast() {
    registry.promote(register(1, true), "staging");
    registry.promote(register(2, true), "staging");
    assertThat(registry.resolve("flights@staging").number()).isEqualTo(2);
    assertThat(registry.resolve("flights@v1").number()).isEqualTo(1);
    assertThat(registry.resolve("flights").number()).isEqualTo(2);
    assertThat(registry.environments("flights")).containsExactly("staging");
  }

  @Test
  void aModelWhoseGateDidNotPassIsKeptButNotPromoted() {
    ModelVersion refused = register(1, false);
    assertThatThrownBy(() -> registry.promote(refused, "staging"))
        .hasMessage("Cannot promote flights v1: its gate did not pass");
    assertThat(registry.inEnvironment("flights", "staging")).isEmpty();
    assertThat(registry.versions("flights")).containsExactly(refused);
  }

  @Test
  void theHistoryIsAChainOfHashes() {
    registry.promote(register(1, true), "staging");
    List<ObjectNode> history = registry.history("flights");
    assertThat(history).hasSize(2);
    assertThat(history.get(1).path("previous").asText())
        .isEqualTo(Hex.of(Sha256.of(CanonicalJson.bytes(history.get(0)))));
  }

  @Test
  void whatIsUnknownIsNamed() {
    register(1, true);
    assertThatThrownBy(() -> registry.resolve("flihgts"))
        .hasMessage("Invalid model: flihgts is not a registered model (did you mean flights?)");
    assertThatThrownBy(() -> registry.resolve("flights@prod"))
        .hasMessage("Cannot find flights@prod: no version or environment prod");
  }
}
