package io.github.beamml.serving;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.model.OnnxModel;
import io.github.beamml.engine.model.OnnxWriter;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

class ScoreOnnxProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ScoreOnnxProvider();
  }

  /** Slow cars, or those of unknown speed with two doors. */
  private static String model(Path file, double slow) throws IOException {
    TreeEnsemble cars =
        new TreeEnsembleBuilder(
                TreeEnsemble.Kind.FOREST, List.of("speed", "doors"), 0, new double[2])
            .split(0, 99.5, false)
            .leaf(slow)
            .split(1, 2, false)
            .leaf(0.5)
            .leaf(1)
            .build();
    return Files.write(file, OnnxWriter.write(OnnxModel.of(cars))).toString();
  }

  /** {@code y = Identity(x)} of int64 [n, 1], as the ONNX Python package would write it. */
  private static final String IDENTITY =
      "CAhCAhANOkEKEAoBeBIBeSIISWRlbnRpdHkSAWdaFAoBeBIPCg0IBxIJCgMSAW4KAggBYhQKAXkSDwoNCAcSCQoDEgFu"
          + "CgIIAQ==";

  private static RowBatch scored(String column, double slow, double fast) {
    return RowBatch.builder(
            SchemaText.parse("schema", "{doors: int64, speed: double?, " + column + ": double}"))
        .addRow(4L, 80.0, slow)
        .addRow(5L, 120.0, fast)
        .build();
  }

  private static RowBatch doors(Long... doors) {
    RowBatchBuilder builder = RowBatch.builder(SchemaText.parse("schema", "{doors: int64?}"));
    for (Long number : doors) {
      builder.addRow(number);
    }
    return builder.build();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    String quarter = model(folder.resolve("quarter.onnx"), 0.25);
    String half = model(folder.resolve("half.onnx"), 0.5);
    String identity =
        Files.write(folder.resolve("identity.onnx"), Base64.getDecoder().decode(IDENTITY))
            .toString();
    RowBatch cars =
        RowBatch.builder(SchemaText.parse("schema", "{doors: int64, speed: double?}"))
            .addRow(4L, 80.0)
            .addRow(5L, 120.0)
            .build();
    OnnxSignature signature =
        OnnxSignature.ofOutput("margin").withInput("features", "speed", "doors");

    ProviderCase base =
        ProviderCase.of(
                Map.of(
                    "model",
                    quarter,
                    "inputs",
                    Map.of("features", "speed, doors"),
                    "output",
                    "margin"))
            .input(cars)
            .gives(scored("margin", 0.25, 1))
            .like(
                (pipeline, inputs) ->
                    inputs.get("input").apply(Score.with(OnnxModelFn.of(quarter, signature))));
    return List.of(
        base,
        base.with("model", half).gives(scored("margin", 0.5, 1)),
        base.with("inputs", Map.of("features", "doors, speed")).gives(scored("margin", 0.25, 0.25)),
        base.with("output", "probability").gives(scored("probability", 0.25, 1)),
        base.with("column", "slow").gives(scored("slow", 0.25, 1)),
        ProviderCase.of(Map.of("model", identity, "inputs", Map.of("x", "doors"), "output", "y"))
            .input(doors(4L, null))
            .gives(doors(4L).with(Field.required("y", ValueType.INT64), doors(4L).column(0)))
            .deadLetters("doors is null"));
  }
}
