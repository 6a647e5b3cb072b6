package io.github.beamml.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OnnxTest {
  @Test
  void theBytesStayWhatTheyAre() {
    byte[] bytes = OnnxWriter.write(OnnxModel.of(twoTrees(), Map.of("signature", "s")));
    assertThat(Hex.of(Sha256.of(bytes)))
        .isEqualTo("3a968a4df4d52e71a9d71492db3b994b8bc527ec0408c633ebe05eb24b8100c7");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    OnnxModel model = OnnxModel.of(twoTrees(), Map.of("signature", "größe", "a", ""));
    OnnxModel read = OnnxReader.read(OnnxWriter.write(model));
    assertThat(read).isEqualTo(model);
    assertThat(read.trees().gains()).containsExactly(1.5, 0);
    assertThat(read.trees().features()).containsExactly("größe, in m", "\"b\"");
  }

  @Test
  void boostingIsReadBack() {
    TreeEnsemble trees =
        new TreeEnsembleBuilder(TreeEnsemble.Kind.BOOSTING, List.of("a"), -0.75, new double[1])
            .leaf(-1)
            .leaf(2)
            .build();
    OnnxModel read = OnnxReader.read(OnnxWriter.write(OnnxModel.of(trees)));
    assertThat(read.trees()).isEqualTo(trees);
    assertThat(read.trees().margin(new double[1])).isEqualTo(0.25);
  }

  @Test
  void aSplitOfEqualLeavesIsNotTakenForASingleLeaf() {
    TreeEnsemble trees =
        new TreeEnsembleBuilder(TreeEnsemble.Kind.FOREST, List.of("a"), 0, new double[1])
            .split(0, 0, true)
            .leaf(1)
            .leaf(1)
            .split(0, Double.POSITIVE_INFINITY, false)
            .leaf(1)
            .leaf(1)
            .leaf(1)
            .build();
    assertThat(OnnxReader.read(OnnxWriter.write(OnnxModel.of(trees))).trees()).isEqualTo(trees);
  }

  @Test
  void whatIsNoModelIsRefused() {
    for (byte[] bytes : List.of(new byte[0], "{}".getBytes(UTF_8), new byte[100])) {
      assertThatThrownBy(() -> OnnxReader.read(bytes))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot read ONNX model: ");
    }
  }

  @Test
  void aModelOfSomebodyElseIsRefused() {
    byte[] foreign =
        new ProtoMessage()
            .int64(OnnxFields.MODEL_IR_VERSION, 8)
            .string(OnnxFields.MODEL_PRODUCER, "skl2onnx")
            .toBytes();
    assertThatThrownBy(() -> OnnxReader.read(foreign))
        .hasMessage("Cannot read ONNX model: its metadata has no beamml.trees.format = 1");
  }

  @Test
  void anyByteChangedIsRefusedOrAnotherModel() {
    OnnxModel model = OnnxModel.of(twoTrees());
    byte[] bytes = OnnxWriter.write(model);
    for (int i = 0; i < bytes.length; i++) {
      for (int change : new int[] {1, 0x80, 0xff}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) change;
        OnnxModel read = readOrNull(changed);
        if (read != null) {
          assertThat(OnnxWriter.write(read)).isEqualTo(changed);
          assertThat(Arrays.equals(changed, bytes)).isFalse();
        }
      }
    }
  }

  @Test
  void aModelCutOffIsRefused() {
    byte[] bytes = OnnxWriter.write(OnnxModel.of(twoTrees()));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> OnnxReader.read(cut))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot read ONNX model: ");
    }
  }

  @Test
  void reservedKeysOfMetadataAreRefused() {
    OnnxModel model = OnnxModel.of(twoTrees(), Map.of("beamml.trees.kind", "boosting"));
    assertThatThrownBy(() -> OnnxWriter.write(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid metadata: beamml.trees.kind (must be without keys that begin with"
                + " beamml.trees.)");
  }

  private static OnnxModel readOrNull(byte[] bytes) {
    try {
      return OnnxReader.read(bytes);
    } catch (CannotException e) {
      assertThat(e).hasMessageStartingWith("Cannot read ONNX model: ");
      return null;
    }
  }

  private static TreeEnsemble twoTrees() {
    return new TreeEnsembleBuilder(
            TreeEnsemble.Kind.FOREST, List.of("größe, in m", "\"b\""), 0, new double[] {1.5, 0})
        .split(0, 1.5, true)
        .split(1, -2, false)
        .leaf(0.25)
        .leaf(1)
        .leaf(0.5)
        .leaf(0.125)
        .build();
  }
}
