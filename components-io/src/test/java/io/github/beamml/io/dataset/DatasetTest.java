package io.github.beamml.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowKeyFn;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("x", ValueType.DOUBLE));
  private static final RowKey BY_ID = RowKey.of(List.of("id"));
  private static final RowKey UNDECLARED = RowKey.of(List.of());

  @TempDir Path folder;

  /** Rows in as many splits as asked for. */
  private record Rows(ArrayList<ArrayList<Object>> rows, int splitCount)
      implements BatchSource<Integer> {
    @Override
    public String name() {
      return "rows";
    }

    @Override
    public RowSchema schema() {
      return SCHEMA;
    }

    @Override
    public List<Integer> splits() {
      return IntStream.range(0, splitCount).boxed().toList();
    }

    @Override
    public void read(Integer split, Output output) {
      var builder = RowBatch.builder(SCHEMA);
      for (int i = split; i < rows.size(); i += splitCount) {
        builder.addRow(rows.get(i).toArray());
      }
      output.batch(builder.build());
    }
  }

  private static ArrayList<ArrayList<Object>> rows(int count) {
    ArrayList<ArrayList<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ArrayList<Object> row = new ArrayList<>();
      row.add((long) i);
      row.add(i % 7 == 0 ? null : 1_000_000L * i);
      row.add(i % 5 == 0 ? Double.NaN : i / 3.0);
      rows.add(row);
    }
    return rows;
  }

  private static ArrayList<Object> row(long id, long at, double x) {
    return new ArrayList<>(List.of(id, at, x));
  }

  private ArtifactStore store() {
    return ArtifactStore.at(folder.resolve("store").toString());
  }

  private Dataset write(Rows source, RowKey key, int partitions) {
    return write(source, key, partitions, List.of(""), batch -> new byte[batch.size()]);
  }

  private Dataset write(
      Rows source,
      RowKey key,
      int partitions,
      List<String> parts,
      DatasetSink.Partition partition) {
    Draft draft = store().draft("run-1", "kafka-reader-io");
    RowSchema stored = SCHEMA.with(Field.ROW_KEY);
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple written =
        pipeline
            .apply(
                Chain.from(source)
                    .then(RowKeyFn.of(key))
                    .into(Exchange.byRowKey(stored, partitions)))
            .output()
            .apply(
                WriteDataset.of(
                    stored, key, "at", DatasetSink.into(draft.folder(), parts, partition)));
    written
        .get(WriteDataset.SHARDS)
        .apply("Lines", MapElements.into(TypeDescriptors.strings()).via(ShardFile::toLine))
        .apply("Shards", Collect.into(draft.folder(), "shards"));
    written
        .get(WriteDataset.COUNTS)
        .apply("Sum", Sum.longsPerKey())
        .apply(
            "CountLines",
            MapElements.into(TypeDescriptors.strings())
                .via(count -> count.getKey() + " " + count.getValue()))
        .apply("Counts", Collect.into(draft.folder(), "counts"));
    pipeline.run().waitUntilFinish();
    counts = Collect.read(draft.folder(), "counts");
    List<ShardFile> shards =
        Collect.read(draft.folder(), "shards").stream().map(ShardFile::fromLine).toList();
    return Dataset.publish(
        draft, stored, parts, shards, CanonicalJson.object(), CanonicalJson.object());
  }

  private List<String> counts = List.of();

  @Test
  void theDigestDependsOnTheRowsAlone() throws IOException {
    Dataset dataset = write(new Rows(rows(200), 1), BY_ID, 1);
    assertThat(dataset.rows()).isEqualTo(200);
    assertThat(dataset.schema()).isEqualTo(SCHEMA);
    assertThat(dataset.storedSchema()).isEqualTo(SCHEMA.with(Field.ROW_KEY));
    assertThat(dataset.artifact().manifest().files()).hasSize(1);

    ArrayList<ArrayList<Object>> shuffled = rows(200);
    Collections.shuffle(shuffled, new Random(7));
    Dataset other = write(new Rows(shuffled, 9), BY_ID, 5);
    assertThat(other.artifact().manifest().files()).hasSize(5);
    assertThat(other.fingerprint()).isEqualTo(dataset.fingerprint());
    assertThat(other.artifact().digest()).isEqualTo(dataset.artifact().digest());
    assertThat(other.artifact().seal()).isNotEqualTo(dataset.artifact().seal());
    assertThat(ids(other.source())).isEqualTo(ids(dataset.source())).hasSize(200);

    ArrayList<ArrayList<Object>> changed = rows(200);
    changed.get(100).set(2, 33.5);
    assertThat(write(new Rows(changed, 1), BY_ID, 1).fingerprint())
        .isNotEqualTo(dataset.fingerprint());
  }

  private static List<Object> ids(BatchSource<?> source) throws IOException {
    return Collected.from(source).firsts().stream().sorted().toList();
  }

  @Test
  void ofDuplicatesTheLatestStaysAndTheRestIsCounted() throws IOException {
    ArrayList<ArrayList<Object>> rows = new ArrayList<>();
    rows.add(row(1, 10, 0.25));
    rows.add(row(1, 30, 0.5));
    rows.add(row(1, 20, 0.75));
    rows.add(row(2, 10, 1.0));
    rows.add(row(2, 10, 1.0));
    Dataset dataset = write(new Rows(rows, 3), BY_ID, 2);
    assertThat(counts).containsExactly("duplicates 3");
    assertThat(
            Collected.from(dataset.source()).rows().stream().map(row -> row.subList(0, 3)).toList())
        .containsExactlyInAnyOrder(List.of(1L, 30L, 0.5), List.of(2L, 10L, 1.0));
  }

  @Test
  void equalRowsWithoutDeclaredKeysAllStayWithKeysOfTheirOwn() throws IOException {
    ArrayList<ArrayList<Object>> rows = new ArrayList<>();
    rows.add(row(1, 10, 0.5));
    rows.add(row(2, 10, 0.5));
    rows.add(row(1, 10, 0.5));
    Dataset dataset = write(new Rows(rows, 2), UNDECLARED, 3);
    assertThat(dataset.rows()).isEqualTo(3);
    assertThat(counts).containsExactly("duplicates 0");
    Collected read = Collected.from(dataset.source());
    assertThat(read.firsts()).containsExactlyInAnyOrder(1L, 1L, 2L);
    assertThat(
            read.rows().stream().map(row -> List.of(boxed(row.get(3)))).collect(Collectors.toSet()))
        .hasSize(3);
    assertThat(write(new Rows(rows, 1), UNDECLARED, 1).artifact().digest())
        .isEqualTo(dataset.artifact().digest());
  }

  private static String boxed(Object bytes) {
    return java.util.HexFormat.of().formatHex((byte[]) bytes);
  }

  @Test
  void partsAreWrittenAndReadApart() throws IOException {
    Dataset dataset =
        write(
            new Rows(rows(10), 2),
            BY_ID,
            2,
            List.of("train", "test", "none"),
            batch -> {
              byte[] parts = new byte[batch.size()];
              for (int row = 0; row < parts.length; row++) {
                long id = ((LongColumn) batch.column("id")).get(row);
                parts[row] = (byte) (id == 9 ? -1 : id % 3 == 0 ? 1 : 0);
              }
              return parts;
            });
    assertThat(dataset.rows("train")).isEqualTo(6);
    assertThat(dataset.rows("test")).isEqualTo(3);
    assertThat(dataset.rows("none")).isZero();
    assertThat(dataset.rows()).isEqualTo(9);
    assertThat(ids(dataset.source("test"))).containsExactly(0L, 3L, 6L);
    assertThat(ids(dataset.source("none"))).isEmpty();
    assertThatThrownBy(() -> dataset.rows("tset")).hasMessageContaining("it has no part tset");
  }

  @Test
  void aFlippedByteIsRefusedWithItsFile() throws IOException {
    Dataset dataset = write(new Rows(rows(50), 1), BY_ID, 1);
    var file = dataset.artifact().manifest().files().get(0);
    Path path = Path.of(dataset.artifact().folder(), file.name());
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 4;
    Files.write(path, bytes);
    Dataset opened = Dataset.of(store().open(dataset.artifact().digest()));
    assertThatThrownBy(() -> Collected.from(opened.source()))
        .hasMessage(
            "Cannot open "
                + dataset.artifact().manifest().label()
                + ": "
                + file.name()
                + " does not match its digest");
  }

  @Test
  void aDatasetWithoutRowsIsOne() throws IOException {
    Dataset dataset = write(new Rows(rows(0), 1), BY_ID, 4);
    assertThat(dataset.rows()).isZero();
    Dataset opened = Dataset.of(store().open(dataset.artifact().digest()));
    assertThat(ids(opened.source())).isEmpty();
    assertThat(opened.storedSchema()).isEqualTo(SCHEMA.with(Field.ROW_KEY));
  }

  @Test
  void aPipelineReadsADatasetBack() {
    Dataset dataset = write(new Rows(rows(100), 2), BY_ID, 3);
    Dataset opened = Dataset.of(store().open(dataset.artifact().digest()));
    Pipeline pipeline = Pipeline.create();
    org.apache.beam.sdk.testing.PAssert.thatSingleton(
            pipeline
                .apply(Chain.from(opened.source()).intoRows())
                .apply(MapElements.into(TypeDescriptors.longs()).via(row -> row.getInt64("id")))
                .apply(Sum.longsGlobally()))
        .isEqualTo(4950L);
    pipeline.run().waitUntilFinish();
  }
}
