package io.github.beamml.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.model.OnnxModel;
import io.github.beamml.engine.model.OnnxWriter;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxModelTest {
  private static final RowSchema CARS =
      RowSchema.of(
          Field.required("doors", ValueType.INT64), Field.nullable("speed", ValueType.DOUBLE));

  @TempDir Path folder;
  private String file;

  @BeforeEach
  void writeModel() throws IOException {
    Path path = folder.resolve("cars.onnx");
    Files.write(path, OnnxWriter.write(OnnxModel.of(cars(0.25))));
    file = path.toString();
  }

  /** Slow cars, or those of unknown speed with two doors. */
  private static TreeEnsemble cars(double slow) {
    return new TreeEnsembleBuilder(
            TreeEnsemble.Kind.FOREST, List.of("speed", "doors"), 0, new double[2])
        .split(0, 99.5, false)
        .leaf(slow)
        .split(1, 2, false)
        .leaf(0.5)
        .leaf(1)
        .build();
  }

  private static OnnxSignature signature() {
    return OnnxSignature.ofOutput("margin").as("score").withInput("features", "speed", "doors");
  }

  @Test
  void columnsBecomeTheTensorInTheOrderOfTheSignature() {
    RowBatch cars =
        RowBatch.builder(CARS).addRow(4L, 80.0).addRow(2L, null).addRow(5L, 120.0).build();
    RowBatch scored = OnnxModelFn.of(file, signature()).apply(cars, RowErrors.fail());
    assertThat(scored.schema().field("score")).isEqualTo(Field.required("score", ValueType.DOUBLE));
    assertThat(
            List.of(scored.value(0, "score"), scored.value(1, "score"), scored.value(2, "score")))
        .containsExactly(0.25, 0.5, 1.0);
  }

  @Test
  void noRowsGiveNoRows() {
    assertThat(
            OnnxModelFn.of(file, signature())
                .apply(RowBatch.empty(CARS), RowErrors.fail())
                .schema()
                .names())
        .containsExactly("doors", "speed", "score");
  }

  @Test
  void anotherSignatureIsRefused() {
    assertThatThrownBy(() -> OnnxModelFn.of(file, OnnxSignature.ofOutput("margins")))
        .hasMessage(
            "Invalid output: margins is not one of the model's output (did you mean margin?)");
    assertThatThrownBy(
            () ->
                OnnxModelFn.of(
                    file, OnnxSignature.ofOutput("margin").withInput("feature", "speed")))
        .hasMessage(
            "Invalid inputs: feature is not one of the model's inputs (did you mean features?)");
    assertThatThrownBy(() -> OnnxModelFn.of(file, OnnxSignature.ofOutput("margin")))
        .hasMessage("Invalid inputs: the model's input features has no columns");
    assertThatThrownBy(
            () ->
                OnnxModelFn.of(file, signature())
                    .outputSchema(RowSchema.of(Field.required("speed", ValueType.STRING))))
        .hasMessageStartingWith("Invalid inputs.");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    Path broken = folder.resolve("broken.onnx");
    Files.writeString(broken, "no model");
    assertThatThrownBy(() -> OnnxModelFn.of(broken.toString(), signature()))
        .hasMessageStartingWith("Cannot open model " + broken + ": ")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> OnnxModelFn.of(folder + "/none.onnx", signature()))
        .hasMessage("Cannot open model " + folder + "/none.onnx: there is no such file");
  }

  @Test
  void parityHoldsForATrainedModel() {
    assertThat(OnnxParity.check(TripModel.train())).isEqualTo(5138);
  }

  @Test
  void parityRefusesAnotherModelsFile() {
    byte[] other = OnnxWriter.write(OnnxModel.of(cars(0.75)));
    assertThatThrownBy(() -> OnnxParity.check(cars(0.25), other))
        .hasMessageMatching(
            "Cannot register model: ONNX Runtime gives another score in row \\d+ of those generated"
                + " to compare \\(margin 3fe8000000000000 for 3fd0000000000000\\)");
  }
}
