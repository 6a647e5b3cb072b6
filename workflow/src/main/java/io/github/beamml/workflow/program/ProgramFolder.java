package io.github.beamml.workflow.program;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.stage.FeatureStage;
import io.github.beamml.workflow.stage.StageContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder that a program works with, deleted at the end: its inputs as files, the page that says
 * what is where, and the empty folder for what it leaves.
 *
 * <pre>
 * stage.json            what the stage is to do
 * inputs/{input}/...    the files of each input
 * output/               for the program
 * </pre>
 *
 * Rows are handed over as one Parquet file a part, in the order of their row keys, so that a
 * program that repeats itself for equal files does so whatever the runner did before.
 */
final class ProgramFolder implements AutoCloseable {
  private final Path root;
  private long rowsIn;

  private ProgramFolder(Path root) {
    this.root = root;
  }

  static ProgramFolder create(StageContext context, ProgramDefinition program) {
    try {
      ProgramFolder folder =
          new ProgramFolder(Files.createTempDirectory("beamml-" + program.name() + "-"));
      try {
        folder.fill(context, program);
        return folder;
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw CannotException.to("hand over the inputs of " + program.name(), e.toString(), e);
    }
  }

  /** The page that tells the program what to do. */
  Path page() {
    return root.resolve("stage.json");
  }

  /** What the program reads, a folder for each input. */
  Path inputs() {
    return root.resolve("inputs");
  }

  /** Where the program leaves its files. */
  Path output() {
    return root.resolve("output");
  }

  /** Rows of the inputs together. */
  long rowsIn() {
    return rowsIn;
  }

  /** Whether the program left a file with this ending. */
  boolean hasLeft(String ending) {
    try (Stream<Path> files = Files.list(output())) {
      return files.anyMatch(file -> file.toString().endsWith(ending));
    } catch (IOException e) {
      throw CannotException.to("read " + output(), e.toString(), e);
    }
  }

  /**
   * Reads a file that the program must have left.
   *
   * @throws CannotException if it has not
   */
  byte[] left(ProgramDefinition program, String file) {
    try {
      return Files.readAllBytes(output().resolve(file));
    } catch (IOException e) {
      throw CannotException.to(
          "continue " + program.name(), "the program left no " + file + " in its output folder", e);
    }
  }

  private void fill(StageContext context, ProgramDefinition program) throws IOException {
    Files.createDirectories(inputs());
    Files.createDirectories(output());
    ObjectNode page =
        CanonicalJson.object()
            .put("run", context.run())
            .put("stage", program.name())
            .put("version", program.version())
            .put("workflow", context.workflow().name())
            .put("workflow_version", context.workflow().version())
            .put("label", context.workflow().features().label());
    page.putObject("output")
        .put("kind", program.output().label())
        .put("folder", output().toString());
    page.set("parameters", program.parameters());
    ObjectNode inputs = page.putObject("inputs");
    for (Map.Entry<String, ProgramDefinition.Input> input : program.inputs().entrySet()) {
      context.progress().accept("handing over " + input.getKey());
      StoredArtifact artifact = context.artifact(input.getValue().stage(), input.getValue().role());
      Path folder = inputs().resolve(input.getKey());
      ObjectNode entry =
          inputs
              .putObject(input.getKey())
              .put("kind", artifact.manifest().kind().label())
              .put("digest", artifact.digest().text())
              .put("folder", folder.toString());
      if (artifact.manifest().kind() == ArtifactKind.DATASET) {
        writeRows(Dataset.of(artifact), folder, entry.putObject("files"));
      } else {
        copy(artifact, folder, entry.putObject("files"));
      }
    }
    if (context.records().stage(context.run(), FeatureDefinition.STAGE).isPresent()) {
      features(context, page.putArray("features"));
    }
    Files.write(page(), CanonicalJson.bytes(page));
  }

  /** The columns that are features, each with how many numbers it has. */
  private static void features(StageContext context, ArrayNode features) {
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    for (String column : preparation.features().featureColumns()) {
      features
          .addObject()
          .put("column", column)
          .put("width", preparation.features().slots(column).size());
    }
  }

  private static void copy(StoredArtifact artifact, Path folder, ObjectNode files)
      throws IOException {
    for (Manifest.FileEntry file : artifact.manifest().files()) {
      Path path = folder.resolve(file.name());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, artifact.read(file.name()));
      files.put(file.name(), path.toString());
    }
  }

  private void writeRows(Dataset dataset, Path folder, ObjectNode files) throws IOException {
    Files.createDirectories(folder);
    List<String> parts = dataset.parts();
    for (String part : parts) {
      String name = Dataset.folderOf(part);
      Path path = folder.resolve(name + ".parquet");
      RowBatch rows = inOrder(dataset, part);
      rowsIn += rows.size();
      try (OutputStream stream = Files.newOutputStream(path);
          ParquetBatchWriter writer = ParquetBatchWriter.open(stream, rows.schema())) {
        writer.write(rows);
      }
      files.put(name, path.toString());
    }
  }

  private static RowBatch inOrder(Dataset dataset, String part) throws IOException {
    List<RowBatch> batches = new ArrayList<>();
    dataset.read(batches::add, part);
    RowBatch rows = RowBatch.concat(dataset.storedSchema(), batches);
    BytesColumn keys = (BytesColumn) rows.column(Field.ROW_KEY.name());
    int[] order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(keys.get(a), keys.get(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    return rows.take(order);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // It lies in the folder for temporary files, which the system empties.
    }
  }
}
