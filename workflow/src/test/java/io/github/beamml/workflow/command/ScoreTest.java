package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.Steps;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.model.TreePredictor;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreTest {
  private static final RowSchema RAW =
      RowSchema.of(
          Field.required("id", ValueType.STRING), Field.required("distance", ValueType.DOUBLE));

  @TempDir private Path folder;
  private Path store;
  private StoredArtifact artifact;

  /** One tree: 2 beyond a distance of 1000, -1 up to it. */
  @BeforeEach
  void register() {
    store = folder.resolve("store");
    FeaturePlan plan = FeaturePlan.of(Steps.keep("distance"));
    TreeEnsemble trees =
        new TreeEnsembleBuilder(
                TreeEnsemble.Kind.BOOSTING, List.of("distance"), 0, new double[] {1})
            .split(0, 1000, true)
            .leaf(-1)
            .leaf(2)
            .build();
    Model model =
        new Model(
            "late",
            "by_hand",
            CanonicalJson.object(),
            new Threshold(0.5, "0.5"),
            Preparation.of(RAW, List.of(), "UTC", Map.of(), plan.fit(RAW, List.of())),
            new TreePredictor(trees));
    Draft draft = ArtifactStore.at(store.toString()).draft("monday", "model-training");
    model.files().forEach(draft::write);
    artifact = draft.publish(ArtifactKind.MODEL, model.content(), CanonicalJson.object());
    ModelRegistry registry = ModelRegistry.in(ArtifactStore.at(store.toString()).names());
    ModelVersion version =
        registry.register(
            "far",
            artifact.digest(),
            artifact.seal(),
            artifact.digest(),
            true,
            "monday",
            List.of());
    registry.promote(version, "staging");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void scoresStandBehindTheColumnsOfTheFile() throws IOException {
    Path input = file("new.csv", "id,note,distance\n1,\"a, b\",1000\n2,,1000.5\n");
    assertThat(Ran.of("score", "far@staging", "--input", input, "--store", store))
        .isEqualTo(
            new Ran(
                0,
                """
                id,note,distance,margin,probability,flagged
                1,"a, b",1000,-1,0.2689414213699951,false
                2,,1000.5,2,0.8807970779778823,true
                """,
                ""));
  }

  @Test
  void aModelHasManyNames() throws IOException {
    Path input = file("new.csv", "id,distance\n1,5\n");
    String expected = Ran.of("score", "far", "--input", input, "--store", store).out();
    assertThat(expected).contains("\n1,5,-1,");
    for (String name : List.of("far@v1", artifact.digest().text(), artifact.folder())) {
      Ran ran = Ran.of("score", name, "--input", input, "--store", store);
      assertThat(ran).isEqualTo(new Ran(0, expected, ""));
    }
  }

  @Test
  void jsonLinesKeepTheirFurtherFields() throws IOException {
    Path input =
        file(
            "new.jsonl",
            "{\"n\":1,\"distance\":7,\"tags\":[\"x\"]}\n{\"distance\":2000.25,\"ok\":true}\n");
    assertThat(Ran.of("score", "far", "--input", input, "--store", store))
        .isEqualTo(
            new Ran(
                0,
                """
                {"n":1,"distance":7,"tags":"[\\"x\\"]","ok":null,"margin":-1,\
                "probability":0.2689414213699951,"flagged":false}
                {"n":null,"distance":2000.25,"tags":null,"ok":true,"margin":2,\
                "probability":0.8807970779778823,"flagged":true}
                """,
                ""));
  }

  @Test
  void parquetIsWrittenAndRead() throws IOException {
    Path input = file("new.csv", "id,distance\n1,5\n2,5000\n");
    Path scores = folder.resolve("scores.parquet");
    assertThat(Ran.of("score", "far", "--input", input, "--output", scores, "--store", store).out())
        .isEqualTo("2 rows scored with far v1, 1 flagged: " + scores + "\n");
    assertThat(Ran.of("score", "far", "--input", scores, "--json", "--store", store).out())
        .isEqualTo(
            "{\"model\":\"far v1\",\"model_digest\":\""
                + artifact.digest()
                + "\",\"input\":\""
                + scores
                + "\",\"rows\":2,\"flagged\":1,\"scores\":["
                + "{\"margin\":-1.0,\"probability\":0.2689414213699951,\"flagged\":false},"
                + "{\"margin\":2.0,\"probability\":0.8807970779778823,\"flagged\":true}]}\n");
  }

  @Test
  void aColumnThatIsMissingIsNotTakenForNulls() throws IOException {
    Path input = file("new.csv", "id,distanse\n1,5\n");
    assertThat(Ran.of("score", "far", "--input", input, "--store", store))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid --input: "
                    + input
                    + " has no column distance (must be a file with the columns distance)\n"));
  }

  @Test
  void aRecordThatDoesNotFitIsNamedAndLeavesNoOutput() throws IOException {
    Path input = file("new.csv", "id,distance\n1,5\n2,far\n");
    Path scores = folder.resolve("scores.csv");
    Ran ran = Ran.of("score", "far", "--input", input, "--output", scores, "--store", store);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("Cannot read " + input + ":3: ");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("scores.csv"));
  }

  @Test
  void aModelWithAFlippedByteIsRefused() throws IOException {
    Path input = file("new.csv", "id,distance\n1,5\n");
    Path onnx = Path.of(artifact.folder(), "model.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[bytes.length / 2] ^= 1;
    Files.write(onnx, bytes);
    assertThat(Ran.of("score", "far", "--input", input, "--store", store).err())
        .isEqualTo(
            "Cannot open "
                + artifact.manifest().label()
                + ": model.onnx does not match its digest\n");
  }

  @Test
  void theRegistryIsShown() {
    assertThat(Ran.of("models", "list", "--store", store).out()).isEqualTo("far  v1  staging v1\n");
    assertThat(Ran.of("models", "show", "far", "--store", store).out())
        .isEqualTo(
            "far\n  v1  "
                + artifact.digest()
                + "  passed  run monday\nEnvironments\n  staging  v1\nHistory\n"
                + "  registered  v1           run monday\n  promoted    v1  staging  run monday\n");
    assertThat(Ran.of("models", "show", "fare", "--store", store).err())
        .isEqualTo("Invalid NAME: fare is not a model of " + store + " (did you mean far?)\n");
  }
}
