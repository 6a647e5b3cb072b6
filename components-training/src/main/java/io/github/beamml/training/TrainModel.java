package io.github.beamml.training;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.core.store.ArtifactFolder;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SelectFn;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.features.Features;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model on raw rows and leaves it in a folder that {@link
 * io.github.beamml.engine.model.Scorer#load} opens; gives one row about it, of {@link #OUTPUT}.
 *
 * <pre>{@code
 * flights.apply(
 *     "Train",
 *     TrainModel.with(HistogramForestTrainer.trees(100).maxDepth(12))
 *         .label("late", "arr_delay > 15")
 *         .features(features)
 *         .on(split)
 *         .threshold("max_f1 on validation")
 *         .into("models/late"));
 * }</pre>
 *
 * <p>Rows are bounded and in the global window. Those without a label are left out; the first that
 * cannot be computed fails. The model's digest depends on the rows, not on their order, on bundles
 * or the runner, as far as the trainer promises ({@link Trainer#sameness}).
 *
 * <p>State class: gathered. The rows of both parts come together on one worker: the columns that
 * the features read, and 8 bytes for each number of a row.
 */
public final class TrainModel extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "train_model";

  /** What is said of a model: where it is, what it is, and from how many rows. */
  public static final Schema OUTPUT =
      Schema.builder()
          .addField("folder", FieldType.STRING)
          .addField("digest", FieldType.STRING)
          .addField("seal", FieldType.STRING)
          .addField("threshold", FieldType.DOUBLE)
          .addField("train_rows", FieldType.INT64)
          .addField("validation_rows", FieldType.INT64)
          .build();

  private final Trainer trainer;
  private final @Nullable Label label;
  private final @Nullable FittedFeatures fitted;
  private final transient @Nullable Features features;
  private final @Nullable Split split;
  private final String threshold;
  private final RowIdentity identity;
  private final String zone;
  private final String folder;

  private TrainModel(
      Trainer trainer,
      @Nullable Label label,
      @Nullable FittedFeatures fitted,
      @Nullable Features features,
      @Nullable Split split,
      String threshold,
      RowIdentity identity,
      String zone,
      String folder) {
    this.trainer = trainer;
    this.label = label;
    this.fitted = fitted;
    this.features = features;
    this.split = split;
    this.threshold = threshold;
    this.identity = identity;
    this.zone = zone;
    this.folder = folder;
  }

  /** Begins with what learns; label, features and folder must follow. */
  public static TrainModel with(Trainer trainer) {
    return new TrainModel(
        trainer, null, null, null, null, "0.5", new RowIdentity(List.of()), ZoneRules.UTC.id(), "");
  }

  /** Learns to predict a column: booleans, or 0 and 1. */
  public TrainModel label(String column) {
    return label(Label.ofColumn(column));
  }

  /**
   * Learns to predict a condition.
   *
   * @param name of the label
   * @param is when it is true, such as {@code arr_delay > 15}; a row where it is null is left out
   * @throws InvalidInputException naming the position if the text is no expression
   */
  public TrainModel label(String name, String is) {
    return label(Label.of(name, is));
  }

  /** As {@link #label(String, String)}. */
  public TrainModel label(Label what) {
    return new TrainModel(
        trainer, what, fitted, features, split, threshold, identity, zone, folder);
  }

  /** Prepares the rows by features fitted before. */
  public TrainModel features(FittedFeatures before) {
    return new TrainModel(trainer, label, before, null, split, threshold, identity, zone, folder);
  }

  /** Prepares the rows by features that the same pipeline fits to them. */
  public TrainModel features(Features fitting) {
    return new TrainModel(trainer, label, null, fitting, split, threshold, identity, zone, folder);
  }

  /**
   * As {@link #features(FittedFeatures)}, read from a file when this is called.
   *
   * @param location of a {@code features.json}
   * @throws io.github.beamml.engine.CannotException if it cannot be read or is no such file
   */
  public TrainModel featuresFrom(String location) {
    return features(Features.read(location));
  }

  /** Trains on the training rows of a split only; its validation rows are for the threshold. */
  public TrainModel on(Split parts) {
    return new TrainModel(
        trainer, label, fitted, features, parts, threshold, identity, zone, folder);
  }

  /**
   * How the decision threshold is found; 0.5 if this is not called.
   *
   * @param rule a number, or {@code max_f1 on validation}
   * @throws InvalidInputException if it is neither
   */
  public TrainModel threshold(String rule) {
    String parsed = ThresholdRule.parse(rule).toString();
    return new TrainModel(trainer, label, fitted, features, split, parsed, identity, zone, folder);
  }

  /**
   * The fields that make a row itself, which splits by hash and random draws are functions of. If
   * this is not called, keys that the rows have ({@code SplitRows.withKeys}), or else their whole
   * content.
   */
  public TrainModel rowKey(String... fields) {
    RowIdentity keys = new RowIdentity(List.of(fields));
    return new TrainModel(trainer, label, fitted, features, split, threshold, keys, zone, folder);
  }

  /** What the model's manifest says of the zone of local times, as a workflow does; UTC if not. */
  public TrainModel zone(String name) {
    String known = ZoneRules.of(name, "zone").id();
    return new TrainModel(
        trainer, label, fitted, features, split, threshold, identity, known, folder);
  }

  /**
   * Where the model goes: a new or empty folder of any file system that Beam knows, or one that
   * holds this very model.
   */
  public TrainModel into(String location) {
    return new TrainModel(
        trainer, label, fitted, features, split, threshold, identity, zone, location);
  }

  /**
   * @throws InvalidInputException if something was left out, or the rows lack a column that label,
   *     features, split or row key read
   */
  @Override
  public PCollection<Row> expand(PCollection<Row> input) {
    Label what = required("label", label);
    if (folder.isEmpty()) {
      required("folder", null);
    }
    boolean validated = ThresholdRule.parse(threshold).needsValidation();
    if (validated && split == null) {
      throw InvalidInputException.of(
          "threshold", threshold, "a number, as no split has validation rows");
    }
    RowSchema rows = BeamRows.toRowSchema(input.getSchema());
    List<BatchFn> common = new ArrayList<>(identity.functions(rows));
    what.check(rows);
    common.addAll(what.functions());
    RowSchema labelled = GatherRows.schema(rows, common);
    List<String> names = columns(labelled, what);
    PCollectionView<FittedFeatures> view = fittedView(input);
    return input
        .apply("Rows", GatherRows.of(NAME, parts(common, labelled, SelectFn.of(names), validated)))
        .apply(
            "Train",
            ParDo.of(
                    new TrainFn(
                        new Training(trainer, what.name(), threshold),
                        rows,
                        labelled.select(names),
                        identity.needsNumbers(rows),
                        zone,
                        folder,
                        view))
                .withSideInputs(view))
        .setRowSchema(OUTPUT);
  }

  private static <T> T required(String key, @Nullable T value) {
    if (value == null) {
      throw InvalidInputException.of(key, "missing", "given");
    }
    return value;
  }

  /** The columns that travel: what the features read, the label and the row keys. */
  private List<String> columns(RowSchema labelled, Label what) {
    Set<String> names = new LinkedHashSet<>();
    if (features != null) {
      names.addAll(features.inputColumns());
    } else {
      FittedFeatures before = required("features", fitted);
      before.inputSchema().names().forEach(name -> labelled.position(name, "features"));
      before.outputSchema(labelled);
      names.addAll(before.inputSchema().names());
    }
    names.add(what.name());
    names.add(Field.ROW_KEY.name());
    return List.copyOf(names);
  }

  private List<List<BatchFn>> parts(
      List<BatchFn> common, RowSchema labelled, BatchFn select, boolean validated) {
    List<List<BatchFn>> parts = new ArrayList<>();
    if (split == null) {
      parts.add(join(common, select));
      return parts;
    }
    split.check(labelled);
    parts.add(join(common, split.train().fn(), select));
    if (validated) {
      parts.add(join(common, split.validation().fn(), select));
    }
    return parts;
  }

  private static List<BatchFn> join(List<BatchFn> common, BatchFn... more) {
    List<BatchFn> all = new ArrayList<>(common);
    all.addAll(List.of(more));
    return all;
  }

  private PCollectionView<FittedFeatures> fittedView(PCollection<Row> input) {
    PCollection<FittedFeatures> one =
        features != null
            ? features.fitted()
            : input
                .getPipeline()
                .apply(
                    "Features",
                    Create.of(required("features", fitted))
                        .withCoder(SerializableCoder.of(FittedFeatures.class)));
    return one.apply("FittedFeatures", View.asSingleton());
  }

  private static final class TrainFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, RowBatch>>>, Row> {
    private static final long serialVersionUID = 1L;

    private final Training training;
    private final RowSchema rawSchema;
    private final RowSchema schema;
    private final boolean numbering;
    private final String zone;
    private final String folder;
    private final PCollectionView<FittedFeatures> view;

    TrainFn(
        Training training,
        RowSchema rawSchema,
        RowSchema schema,
        boolean numbering,
        String zone,
        String folder,
        PCollectionView<FittedFeatures> view) {
      this.training = training;
      this.rawSchema = rawSchema;
      this.schema = schema;
      this.numbering = numbering;
      this.zone = zone;
      this.folder = folder;
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      List<KV<Integer, RowBatch>> gathered = new ArrayList<>();
      context.element().getValue().forEach(gathered::add);
      Preparation preparation =
          Preparation.of(rawSchema, List.of(), zone, Map.of(), context.sideInput(view));
      RowBatch train = prepared(preparation, Training.TRAIN, gathered);
      RowBatch validation = prepared(preparation, Training.VALIDATION, gathered);
      Model model = training.train(preparation, train, validation);
      Manifest written = write(model, train.size(), validation.size());
      context.output(
          Row.withSchema(OUTPUT)
              .addValues(
                  folder,
                  written.digest().text(),
                  written.seal().text(),
                  model.threshold().value(),
                  (long) train.size(),
                  (long) validation.size())
              .build());
    }

    private RowBatch prepared(
        Preparation preparation, int part, List<KV<Integer, RowBatch>> gathered) {
      RowBatch rows = GatherRows.concat(schema, part, gathered);
      return GatherRows.apply(
          NAME, preparation.functions(), numbering ? RowIdentity.numbered(rows) : rows);
    }

    private Manifest write(Model model, int trainRows, int validationRows) {
      SortedMap<String, byte[]> files = model.files();
      List<Manifest.FileEntry> entries = new ArrayList<>();
      files.forEach(
          (name, bytes) ->
              entries.add(new Manifest.FileEntry(name, bytes.length, Digest.of(bytes))));
      Manifest manifest =
          Manifest.of(
              ArtifactKind.MODEL,
              model.content(),
              CanonicalJson.object()
                  .put("component", NAME)
                  .put("train_rows", CanonicalJson.int64(trainRows))
                  .put("validation_rows", CanonicalJson.int64(validationRows)),
              entries);
      return ArtifactFolder.at(folder).write(manifest, files);
    }
  }
}
