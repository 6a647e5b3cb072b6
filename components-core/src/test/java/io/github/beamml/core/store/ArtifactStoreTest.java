package io.github.beamml.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  @TempDir Path folder;

  private StoredArtifact publish(String run, String trainer) {
    return ArtifactStore.at(folder.toString())
        .draft(run, "model-training")
        .write("model.onnx", new byte[] {1, 2, 3})
        .publish(
            ArtifactKind.MODEL,
            CanonicalJson.object().put("trainer", trainer),
            CanonicalJson.object());
  }

  @Test
  void whatWasPublishedIsFoundByDigestAndRead() {
    StoredArtifact published = publish("r1", "forest");
    StoredArtifact found = ArtifactStore.at(folder.toString()).open(published.digest());
    assertThat(found.manifest()).isEqualTo(published.manifest());
    assertThat(found.read("model.onnx")).containsExactly(1, 2, 3);
    ArtifactDirectory.open(Path.of(found.folder())).verifyAll();
  }

  @Test
  void theFirstWriterOfADigestWinsAndBothSealsStay() {
    StoredArtifact first = publish("r1", "forest");
    StoredArtifact second = publish("r2", "forest");
    ArtifactStore store = ArtifactStore.at(folder.toString());
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(store.open(second.digest()).seal()).isEqualTo(first.seal());
    assertThat(store.openSealed(second.seal()).manifest().provenance().path("run").asText())
        .isEqualTo("r2");
  }

  @Test
  void anUnpublishedAttemptIsFoundByNothing() {
    ArtifactStore store = ArtifactStore.at(folder.toString());
    store.draft("r1", "model-training").write("model.onnx", new byte[] {1});
    assertThat(store.names().list("digests")).isEmpty();
    assertThat(Files.exists(folder.resolve("manifests"))).isFalse();
  }

  @Test
  void aTamperedFileOrManifestIsRefused() throws IOException {
    StoredArtifact published = publish("r1", "forest");
    Files.write(Path.of(published.folder(), "model.onnx"), new byte[] {1, 2, 4});
    assertThatThrownBy(() -> published.read("model.onnx"))
        .hasMessage(
            "Cannot open "
                + published.manifest().label()
                + ": model.onnx does not match its digest");

    Path sealed = folder.resolve("manifests").resolve(published.seal().hex() + ".json");
    byte[] manifest = Files.readAllBytes(sealed);
    manifest[20] ^= 1;
    Files.write(sealed, manifest);
    assertThatThrownBy(() -> ArtifactStore.at(folder.toString()).open(published.digest()))
        .hasMessageEndingWith("does not match its seal");
  }

  @Test
  void anUnknownDigestIsNamed() {
    Digest unknown = Digest.of(new byte[0]);
    assertThatThrownBy(() -> ArtifactStore.at(folder.toString()).open(unknown))
        .hasMessage("Cannot open " + unknown.abbreviated() + ": it is not in " + folder);
  }

  @Test
  void anUnwritableStoreSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatThrownBy(
            () ->
                ArtifactStore.at(file.toString())
                    .draft("r1", "model-training")
                    .write("x", new byte[0]))
        .hasMessageStartingWith("Cannot write x of model-training: ");
  }

  @Test
  void ofManyThatSetANameAtOnceOneSucceeds() throws InterruptedException, ExecutionException {
    LocalNameStore names = LocalNameStore.at(folder);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> attempts =
        threads.invokeAll(
            IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(
                    i -> () -> names.putIfAbsent("a/b", CanonicalJson.object().put("i", i)))
                .toList());
    threads.shutdown();
    int winners = 0;
    for (Future<Boolean> attempt : attempts) {
      winners += attempt.get() ? 1 : 0;
    }
    assertThat(winners).isEqualTo(1);
    assertThat(names.list("a")).containsExactly("b");
  }

  @Test
  void aReplacedNameMustStillHaveTheExpectedValue() {
    LocalNameStore names = LocalNameStore.at(folder);
    var one = CanonicalJson.object().put("v", 1);
    var two = CanonicalJson.object().put("v", 2);
    assertThat(names.replace("x", one, two)).isFalse();
    assertThat(names.putIfAbsent("x", one)).isTrue();
    assertThat(names.replace("x", two, one)).isFalse();
    assertThat(names.replace("x", one, two)).isTrue();
    assertThat(names.get("x")).contains(two);
    assertThatThrownBy(() -> names.get("../x")).hasMessageStartingWith("Invalid name: ..");
  }
}
