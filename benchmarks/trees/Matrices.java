import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.training.LabelledRows;
import io.github.beamml.workflow.run.RunRecords;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the numbers, labels and row keys of a run's training and test rows as plain files, so that
 * two learners get the very same ones: PART.numbers (little-endian doubles, a row after the other),
 * PART.labels (a byte a row), PART.keys (32 bytes a row), columns (how many numbers a row has).
 */
final class Matrices {
  public static void main(String[] arguments) throws IOException {
    ArtifactStore store = ArtifactStore.at(arguments[0]);
    RunRecords records = RunRecords.in(store.names());
    String run = records.runs().get(records.runs().size() - 1);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Preparation preparation =
        Preparation.read(open(store, records, run, "enrichment-feature-transform", "features"));
    Dataset dataset = Dataset.of(open(store, records, run, "dataset-split", StageRecord.MAIN));
    for (String part : List.of("train", "test")) {
      List<RowBatch> batches = new ArrayList<>();
      dataset.read(batches::add, part);
      RowBatch rows = RowBatch.concat(dataset.storedSchema(), batches);
      FeatureMatrix matrix = preparation.matrix(rows);
      write(folder.resolve(part + ".numbers"), matrix);
      Files.write(folder.resolve(part + ".labels"), LabelledRows.labels(rows, "late"));
      Files.write(folder.resolve(part + ".keys"), LabelledRows.keys(rows));
      System.out.println(
          part + ": " + matrix.rows() + " rows x " + matrix.features() + " numbers of run " + run);
      Files.writeString(folder.resolve("columns"), String.valueOf(matrix.features()));
    }
  }

  private static StoredArtifact open(
      ArtifactStore store, RunRecords records, String run, String stage, String role) {
    return store.openSealed(records.stage(run, stage).orElseThrow().artifact(role).seal());
  }

  private static void write(Path file, FeatureMatrix matrix) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteBuffer row = ByteBuffer.allocate(8 * matrix.features()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < matrix.rows(); i++) {
        row.clear();
        for (double number : matrix.row(i)) {
          row.putDouble(number);
        }
        out.write(row.array());
      }
    }
  }
}
