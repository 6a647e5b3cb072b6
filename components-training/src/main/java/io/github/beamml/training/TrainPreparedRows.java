package io.github.beamml.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.GatherSink;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SelectFn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Gathers training rows that have their features on one worker and trains a model there; the
 * validation rows decide the threshold. Writes the model's files into a draft and gives one line of
 * JSON, which {@link #publish} makes an artifact of.
 *
 * <p>State class: gathered. All rows of both parts are held in memory, 8 bytes a number.
 */
public final class TrainPreparedRows extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Trainer trainer;
  private final String label;
  private final ThresholdRule threshold;
  private final ArtifactReference features;
  private final List<String> featureColumns;
  private final Draft draft;
  private final BatchSource<?> train;
  private final BatchSource<?> validation;

  private TrainPreparedRows(
      Trainer trainer,
      String label,
      ThresholdRule threshold,
      ArtifactReference features,
      List<String> featureColumns,
      Draft draft,
      BatchSource<?> train,
      BatchSource<?> validation) {
    this.trainer = trainer;
    this.label = label;
    this.threshold = threshold;
    this.features = features;
    this.featureColumns = featureColumns;
    this.draft = draft;
    this.train = train;
    this.validation = validation;
  }

  /**
   * @param label the column to predict: 0 and 1, or booleans
   * @param threshold how the decision threshold is found
   * @param features the artifact of the fitted features
   * @param featureColumns the columns that these features put out
   * @param draft where the model's files are written
   * @param train rows with the features, the label and their row keys
   * @param validation likewise, of other rows
   */
  public static TrainPreparedRows of(
      Trainer trainer,
      String label,
      ThresholdRule threshold,
      ArtifactReference features,
      List<String> featureColumns,
      Draft draft,
      BatchSource<?> train,
      BatchSource<?> validation) {
    return new TrainPreparedRows(
        trainer, label, threshold, features, List.copyOf(featureColumns), draft, train, validation);
  }

  @Override
  public PCollection<String> expand(PBegin input) {
    Set<String> names = new LinkedHashSet<>(featureColumns);
    names.add(label);
    names.add(Field.ROW_KEY.name());
    RowSchema schema = train.schema().select(names);
    PCollection<KV<Integer, KV<Integer, RowBatch>>> trainRows =
        onOneWorker(input, "Train", train, schema, Training.TRAIN);
    PCollection<KV<Integer, KV<Integer, RowBatch>>> rows =
        threshold.needsValidation()
            ? PCollectionList.of(trainRows)
                .and(onOneWorker(input, "Validation", validation, schema, Training.VALIDATION))
                .apply("BothParts", Flatten.pCollections())
            : trainRows;
    return rows.apply("Gather", GroupByKey.create())
        .apply(
            "Train",
            ParDo.of(
                new TrainFn(
                    new Training(trainer, label, threshold.toString()), features, schema, draft)))
        .setCoder(StringUtf8Coder.of());
  }

  private static PCollection<KV<Integer, KV<Integer, RowBatch>>> onOneWorker(
      PBegin input, String name, BatchSource<?> source, RowSchema schema, int part) {
    return input
        .apply(
            name + "Rows",
            Chain.from(source).then(SelectFn.of(schema.names())).into(GatherSink.of(schema)))
        .output()
        .apply(name + "Part", ParDo.of(new OneKeyFn(part)))
        .setCoder(OneKeyFn.coder(schema));
  }

  /**
   * Makes a model artifact of what the pipeline said.
   *
   * @param line the only line that this transform gave
   */
  public static StoredArtifact publish(Draft draft, String line, ObjectNode provenance) {
    JsonNode json = CanonicalJson.parse("trained model", line);
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      files.add(
          new Manifest.FileEntry(
              file.path("name").asText(),
              Long.parseLong(file.path("size").asText()),
              new Digest(file.path("sha256").asText())));
    }
    return draft.publish(ArtifactKind.MODEL, (ObjectNode) json.path("content"), provenance, files);
  }

  /** Trains on one worker. */
  private static final class TrainFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, RowBatch>>>, String> {
    private static final long serialVersionUID = 1L;

    private final Training training;
    private final ArtifactReference features;
    private final RowSchema schema;
    private final Draft draft;

    TrainFn(Training training, ArtifactReference features, RowSchema schema, Draft draft) {
      this.training = training;
      this.features = features;
      this.schema = schema;
      this.draft = draft;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<KV<Integer, RowBatch>>> gathered,
        OutputReceiver<String> output) {
      List<RowBatch> train = new ArrayList<>();
      List<RowBatch> validation = new ArrayList<>();
      for (KV<Integer, RowBatch> batch : gathered.getValue()) {
        (batch.getKey() == Training.TRAIN ? train : validation).add(batch.getValue());
      }
      Preparation preparation = Preparation.read(features.open());
      Model model =
          training.train(
              preparation, RowBatch.concat(schema, train), RowBatch.concat(schema, validation));
      output.output(write(model));
    }

    private String write(Model model) {
      ObjectNode line = CanonicalJson.object();
      line.set("content", model.content());
      var files = line.putArray("files");
      for (Map.Entry<String, byte[]> file : model.files().entrySet()) {
        draft.write(file.getKey(), file.getValue());
        files
            .addObject()
            .put("name", file.getKey())
            .put("size", CanonicalJson.int64(file.getValue().length))
            .put("sha256", Digest.of(file.getValue()).text());
      }
      return CanonicalJson.text(line);
    }
  }
}
