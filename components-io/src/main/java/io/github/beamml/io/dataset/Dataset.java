package io.github.beamml.io.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.parquet.ParquetFileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A dataset artifact: rows of one schema in Parquet shards, in one part or several. Its digest is
 * of schema, row counts and fingerprints, never of the files.
 */
public final class Dataset {
  private static final String SCHEMA = "schema";
  private static final String FINGERPRINT = "fingerprint";
  private static final String PARTS = "parts";

  private final StoredArtifact artifact;
  private final RowSchema schema;

  private Dataset(StoredArtifact artifact, RowSchema schema) {
    this.artifact = artifact;
    this.schema = schema;
  }

  /**
   * @throws CannotException if the artifact is no dataset
   */
  public static Dataset of(StoredArtifact artifact) {
    if (artifact.manifest().kind() != ArtifactKind.DATASET) {
      throw CannotException.to("read " + artifact.manifest().label(), "it is not a dataset");
    }
    return new Dataset(artifact, RowSchema.fromJson(artifact.manifest().content().path(SCHEMA)));
  }

  /**
   * Publishes written shards as a dataset.
   *
   * @param content more of what the dataset is, such as the label's name
   * @param parts the parts it has, some of which may have no rows; one empty name if it has none
   */
  public static Dataset publish(
      Draft draft,
      RowSchema schema,
      List<String> parts,
      List<ShardFile> shards,
      ObjectNode content,
      ObjectNode provenance) {
    TreeMap<String, Fingerprint> byPart = new TreeMap<>();
    parts.forEach(part -> byPart.put(part, Fingerprint.empty()));
    Fingerprint whole = Fingerprint.empty();
    for (ShardFile shard : shards) {
      byPart.merge(shard.part(), shard.fingerprint(), Fingerprint::plus);
      whole = whole.plus(shard.fingerprint());
    }
    ObjectNode all = content.deepCopy();
    all.set(SCHEMA, schema.keep(field -> !field.isSystem()).toJson());
    all.put("rows", CanonicalJson.int64(whole.rows()));
    all.put(FINGERPRINT, whole.digest(schema));
    ObjectNode partsJson = all.putObject(PARTS);
    byPart.forEach((part, fingerprint) -> partsJson.set(part, fingerprint.toJson()));
    ObjectNode stored = provenance.deepCopy();
    stored.set("stored_schema", schema.toJson());
    StoredArtifact artifact =
        draft.publish(
            ArtifactKind.DATASET, all, stored, shards.stream().map(ShardFile::file).toList());
    return new Dataset(artifact, schema.keep(field -> !field.isSystem()));
  }

  public StoredArtifact artifact() {
    return artifact;
  }

  /** The data columns. */
  public RowSchema schema() {
    return schema;
  }

  /** The columns of the files: the data columns and the row key. */
  public RowSchema storedSchema() {
    return RowSchema.fromJson(artifact.manifest().provenance().path("stored_schema"));
  }

  public long rows() {
    return Long.parseLong(artifact.manifest().content().path("rows").asText());
  }

  /** The names of its parts, sorted; one empty name if it is not divided. */
  public List<String> parts() {
    List<String> parts = new ArrayList<>();
    artifact.manifest().content().path(PARTS).fieldNames().forEachRemaining(parts::add);
    return parts;
  }

  public long rows(String part) {
    return Long.parseLong(part(part).path("rows").asText());
  }

  /** The fingerprint as 64 hexadecimal digits. */
  public String fingerprint() {
    return artifact.manifest().content().path(FINGERPRINT).asText();
  }

  /** The folder of a part's files: its name, or {@code rows} where the dataset is not divided. */
  public static String folderOf(String part) {
    return part.isEmpty() ? "rows" : part;
  }

  private JsonNode part(String part) {
    JsonNode json = artifact.manifest().content().path(PARTS).get(part);
    if (json == null) {
      throw CannotException.to("read " + artifact.manifest().label(), "it has no part " + part);
    }
    return json;
  }

  /** The rows of the parts named, all of them where none is, as the source of a chain. */
  public BatchSource<?> source(String... parts) {
    List<String> folders = Arrays.stream(parts).map(Dataset::folderOf).toList();
    List<Shard> shards = new ArrayList<>();
    for (Manifest.FileEntry file : artifact.manifest().files()) {
      String folder = file.name().substring(0, file.name().indexOf('/'));
      if (parts.length == 0 || folders.contains(folder)) {
        shards.add(new Shard(artifact.folder(), file));
      }
    }
    return new Source(artifact.manifest().label(), storedSchema(), shards);
  }

  /** Reads the rows of the parts named, all of them where none is, in this program. */
  public void read(Consumer<RowBatch> output, String... parts) throws IOException {
    Source source = (Source) source(parts);
    for (Shard shard : source.shards()) {
      source.readShard(shard, output);
    }
  }

  private record Shard(String folder, Manifest.FileEntry file) implements Serializable {
    byte[] verifiedBytes(String label) throws IOException {
      try (InputStream in = FilePattern.open(folder + "/" + file.name())) {
        byte[] bytes = in.readAllBytes();
        if (!ArtifactFiles.matches(file, bytes)) {
          throw CannotException.to("open " + label, file.name() + " does not match its digest");
        }
        return bytes;
      }
    }
  }

  private record Source(String name, RowSchema schema, List<Shard> shards)
      implements BatchSource<Shard> {
    @Override
    public List<Shard> splits() {
      return shards;
    }

    @Override
    public void read(Shard shard, Output output) throws IOException {
      readShard(shard, output::batch);
    }

    void readShard(Shard shard, Consumer<RowBatch> output) throws IOException {
      byte[] bytes = shard.verifiedBytes(name);
      ParquetFileFormat.read(
          shard.file().name(), FilePattern.overBytes(bytes), schema, 0, Integer.MAX_VALUE, output);
    }
  }
}
