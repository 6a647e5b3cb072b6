package io.github.beamml.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path folder;

  private static Manifest manifest(String run, byte[] bytes) {
    return Manifest.of(
        ArtifactKind.MODEL,
        CanonicalJson.object().put("trainer", "forest"),
        CanonicalJson.object().put("run", run),
        List.of(new Manifest.FileEntry("model.onnx", bytes.length, Digest.of(bytes))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theDigestIsOfTheContentAndTheSealOfAll() {
    Manifest one = manifest("r1", bytes("x"));
    Manifest other = manifest("r2", bytes("y"));
    assertThat(one.digest()).isEqualTo(other.digest());
    assertThat(one.seal()).isNotEqualTo(other.seal());
    assertThat(one.digest())
        .isEqualTo(Digest.of(bytes("{\"content\":{\"trainer\":\"forest\"},\"kind\":\"model\"}")));
  }

  @Test
  void bytesComeBackAsTheSameManifest() {
    Manifest manifest = manifest("r1", bytes("x"));
    assertThat(Manifest.parse("m", manifest.toBytes())).isEqualTo(manifest);
  }

  @Test
  void aFlippedByteIsRefusedWithTheFilesName() throws IOException {
    byte[] model = bytes("model bytes");
    Manifest manifest = manifest("r1", model);
    Files.write(folder.resolve(Manifest.FILE_NAME), manifest.toBytes());
    Files.write(folder.resolve("model.onnx"), model);
    ArtifactDirectory artifact = ArtifactDirectory.open(folder);
    assertThat(artifact.read("model.onnx")).isEqualTo(model);

    model[3] ^= 1;
    Files.write(folder.resolve("model.onnx"), model);
    assertThatThrownBy(artifact::verifyAll)
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot open model "
                + manifest.digest().abbreviated()
                + ": model.onnx does not match its digest");
  }

  @Test
  void aMissingFileOrManifestIsNamed() throws IOException {
    assertThatThrownBy(() -> ArtifactDirectory.open(folder))
        .hasMessage("Cannot open artifact " + folder + ": there is no manifest.json in it");
    Files.write(folder.resolve(Manifest.FILE_NAME), manifest("r1", bytes("x")).toBytes());
    assertThatThrownBy(() -> ArtifactDirectory.open(folder).read("model.onnx"))
        .hasMessageEndingWith(": its file model.onnx is gone");
  }

  @Test
  void filesCannotLeaveTheFolder() {
    Digest digest = Digest.of(new byte[0]);
    for (String name : List.of("../x", "/etc/passwd", "a/../../b", "a\\b", "", "manifest.json")) {
      assertThatThrownBy(() -> new Manifest.FileEntry(name, 0, digest))
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void aLaterFormatIsRefused() {
    byte[] later = bytes("{\"format\":\"beamml-artifact/2\"}");
    assertThatThrownBy(() -> Manifest.parse("m.json", later))
        .hasMessage(
            "Cannot read m.json: its format is \"beamml-artifact/2\","
                + " this library reads beamml-artifact/1");
  }

  @Test
  void namesThatCouldBePathsAreRefused() {
    assertThat(Names.check("model", "flight-delays_1.0")).isEqualTo("flight-delays_1.0");
    for (String name : List.of("", "..", "a..b", "A", "-a", "a/b", "a".repeat(64))) {
      assertThatThrownBy(() -> Names.check("model", name))
          .isInstanceOf(InvalidInputException.class);
    }
  }
}
