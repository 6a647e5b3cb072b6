package io.github.beamml.workflow.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {
  @TempDir private Path store;
  private StoredArtifact artifact;
  private Path file;

  @BeforeEach
  void publish() {
    artifact =
        ArtifactStore.at(store.toString())
            .draft("monday", "counting")
            .write("counts.txt", "1 2 3".getBytes(UTF_8))
            .write("more/names.txt", "a b c".getBytes(UTF_8))
            .publish(
                ArtifactKind.STATISTICS,
                CanonicalJson.object().put("rows", "3"),
                CanonicalJson.object());
    file = Path.of(artifact.folder(), "counts.txt");
  }

  @Test
  void whatIsAsItWasWrittenIsVerified() {
    assertThat(Ran.of("verify", store))
        .isEqualTo(
            new Ran(
                0,
                "  ok   "
                    + artifact.manifest().label()
                    + "  2 files\nVerified "
                    + store
                    + ": 1 artifact, 2 files\n",
                ""));
    assertThat(Ran.of("verify", artifact.folder()).code()).isZero();
  }

  @Test
  void aFlippedByteIsFoundAndItsFileNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[2] ^= 1;
    Files.write(file, bytes);
    Ran ran = Ran.of("verify", store);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "Cannot verify "
                + store
                + ": "
                + file
                + " does not match its digest in "
                + artifact.manifest().label()
                + "\n");
    assertThat(Ran.of("verify", store, "--json").out())
        .startsWith("{\"path\":\"" + store + "\",\"verified\":false,")
        .contains("\"bad\":[{\"file\":\"" + file + "\"");
  }

  @Test
  void everyBadFileIsNamed() throws IOException {
    Files.delete(file);
    Path other = Path.of(artifact.folder(), "more", "names.txt");
    Files.writeString(other, "a b c d");
    assertThat(Ran.of("verify", artifact.folder()).err())
        .contains(file + " is gone from ", other + " does not match its digest in ");
  }

  @Test
  void aChangedManifestIsFound() throws IOException {
    Path manifest = store.resolve("manifests").resolve(artifact.seal().hex() + ".json");
    Files.writeString(manifest, Files.readString(manifest).replace("counts", "countz"));
    assertThat(Ran.of("verify", store).err())
        .isEqualTo("Cannot verify " + store + ": " + manifest + " does not match its seal\n");
  }

  @Test
  void aFolderOfSomethingElseIsRefused() {
    Path other = store.resolve("names");
    assertThat(Ran.of("verify", other))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid PATH: "
                    + other
                    + " (must be an artifact's folder, which has a manifest.json, or a store)\n"));
  }
}
