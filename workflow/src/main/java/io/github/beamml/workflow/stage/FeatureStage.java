package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.features.FitSink;
import io.github.beamml.features.MergeStates;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.ShardFile;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.FeatureDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Looks up, derives, labels, fits the features to the training rows alone and applies them to all
 * rows that have a label.
 */
public final class FeatureStage implements Stage {
  /** The role of the fitted features among the stage's artifacts. */
  public static final String FEATURES = "features";

  /** The role of the rows that a program prepared, where one takes this stage's place. */
  public static final String ROWS = "rows";

  @Override
  public String name() {
    return FeatureDefinition.STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    return prepare(context, context.input(name()));
  }

  /**
   * Does the stage's work.
   *
   * @param raw rows before anything is looked up or derived
   */
  public static StageRecord prepare(StageContext context, Dataset raw) {
    FeatureDefinition definition = context.workflow().features();
    ObjectNode provenance = context.provenance();
    List<Preparation.TableLookup> lookups = tables(context, definition.lookups());
    Chain labelled = labelled(definition, raw, lookups);
    context.workflow().split().check(labelled.schema());
    FittedFeatures fitted = fit(context, labelled, raw.rows(), provenance);
    Preparation preparation =
        Preparation.of(
            raw.schema(), lookups, context.workflow().zone(), definition.derived(), fitted);
    Draft draft = context.store().draft(context.run(), FeatureDefinition.STAGE);
    StageLetters letters = StageLetters.of(context, FeatureDefinition.STAGE);
    Chain chain = labelled.then(fitted.fn());
    List<ShardFile> shards = apply(context, chain, draft, letters);
    Dataset letterDataset = letters.publish(definition.limit(), raw.rows(), provenance);
    StoredArtifact features = publish(context, preparation, provenance);
    Dataset dataset =
        Dataset.publish(
            draft,
            chain.schema(),
            List.of(""),
            shards,
            CanonicalJson.object()
                .put("features_digest", preparation.digest().text())
                .put("label", definition.label()),
            provenance);
    Map<String, StageRecord.Left> left =
        Map.of(
            StageRecord.MAIN,
            StageRecord.Left.of(dataset.artifact()),
            FEATURES,
            StageRecord.Left.of(features),
            StageRecord.LETTERS,
            StageRecord.Left.of(letterDataset.artifact()));
    return record(left, raw.rows(), letters.count(), dataset.rows(), fitted.slots().size());
  }

  private static StageRecord record(
      Map<String, StageRecord.Left> left, long raw, long bad, long labelled, long features) {
    long withoutLabel = raw - bad - labelled;
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows", raw);
    counts.put("without_label", withoutLabel);
    counts.put(StageLetters.COUNT, bad);
    counts.put("labelled", labelled);
    counts.put("features", features);
    String summary =
        Figures.count(raw)
            + " rows, "
            + Figures.count(withoutLabel)
            + " without label"
            + (bad == 0 ? "" : ", " + Figures.count(bad) + " dead letters")
            + " = "
            + Figures.count(labelled)
            + " rows x "
            + features
            + " features";
    return new StageRecord(FeatureDefinition.STAGE, left, raw, labelled, counts, summary, 0);
  }

  /** The tables with the columns that their lookups read. */
  private static List<Preparation.TableLookup> tables(StageContext context, List<Lookup> lookups) {
    List<Preparation.TableLookup> tables = new ArrayList<>();
    for (Lookup lookup : lookups) {
      String path = context.workflow().folder().resolve(lookup.table()).toString();
      RowSchema schema = ParquetFiles.schemaOf(path).select(lookup.tableColumns());
      tables.add(new Preparation.TableLookup(lookup, ParquetFiles.readAll(path, schema)));
    }
    return tables;
  }

  /** The raw rows with what is looked up and derived, and those without a label left out. */
  private static Chain labelled(
      FeatureDefinition definition, Dataset raw, List<Preparation.TableLookup> lookups) {
    Chain chain = Chain.from(raw.source());
    for (BatchFn function : Preparation.enrichment(lookups, definition.derived())) {
      chain = chain.then(function);
    }
    definition.labelIs().check(chain.schema(), ValueType.BOOLEAN);
    for (BatchFn function : labelling(definition)) {
      chain = chain.then(function);
    }
    return chain;
  }

  /** What adds the label and leaves out the rows that have none. */
  static List<BatchFn> labelling(FeatureDefinition definition) {
    return new Label(definition.label(), definition.labelIs()).functions();
  }

  /**
   * As many passes over the training rows as the plan is deep.
   *
   * @throws CannotException if more rows than may be cannot even be labelled
   */
  private static FittedFeatures fit(
      StageContext context, Chain labelled, long rows, ObjectNode provenance) {
    FitPass pass = context.workflow().features().plan().firstPass(labelled.schema());
    while (true) {
      SortedMap<String, byte[]> states =
          pass.needsRows() ? states(context, labelled, pass, rows, provenance) : new TreeMap<>();
      if (pass.needsRows() && states.isEmpty()) {
        throw CannotException.to("fit features", "there are no training rows");
      }
      Fitting fitting = pass.finish(states);
      if (fitting instanceof FittedFeatures fitted) {
        return fitted;
      }
      pass = (FitPass) fitting;
    }
  }

  private static SortedMap<String, byte[]> states(
      StageContext context, Chain labelled, FitPass pass, long rows, ObjectNode provenance) {
    Draft scratch = context.store().draft(context.run(), FeatureDefinition.STAGE);
    StageLetters letters = StageLetters.of(context, FeatureDefinition.STAGE);
    Pipeline pipeline = context.pipeline();
    Chain.Result<KV<String, byte[]>> accumulated =
        pipeline.apply(
            "FitPass" + pass.number(),
            labelled
                .then(context.workflow().split().train().fn())
                .into(FitSink.of(pass))
                .keepingDeadLetters());
    PCollectionList<String> lines =
        PCollectionList.of(
            accumulated
                .output()
                .apply("MergeStates", MergeStates.byKey())
                .apply(
                    "StateLines",
                    MapElements.into(TypeDescriptors.strings())
                        .via(state -> Hex.of(state.getValue()) + " " + state.getKey())));
    if (pass.number() == 1) { // The same rows fail in every pass: too many are told of at once.
      lines = lines.and(letters.lines(accumulated.errors()));
    }
    lines
        .apply("Lines", Flatten.pCollections())
        .apply("Collect", Collect.into(scratch.folder(), "states"));
    context.run(pipeline);
    SortedMap<String, byte[]> states = new TreeMap<>();
    for (String line : Collect.read(scratch.folder(), "states")) {
      if (!letters.take(line)) {
        int space = line.indexOf(' ');
        states.put(line.substring(space + 1), Hex.parse(line.substring(0, space)));
      }
    }
    letters.stopBeyond(context.workflow().features().limit(), rows, provenance);
    return states;
  }

  private static StoredArtifact publish(
      StageContext context, Preparation preparation, ObjectNode provenance) {
    Draft draft = context.store().draft(context.run(), FeatureDefinition.STAGE);
    preparation.files().forEach(draft::write);
    return draft.publish(
        ArtifactKind.FEATURES,
        CanonicalJson.object().put("features_digest", preparation.digest().text()),
        provenance);
  }

  private static List<ShardFile> apply(
      StageContext context, Chain chain, Draft draft, StageLetters letters) {
    Pipeline pipeline = context.pipeline();
    Chain.Result<ShardFile> applied =
        pipeline.apply("Apply", chain.into(DatasetSink.into(draft.folder())).keepingDeadLetters());
    PCollection<String> shardLines =
        applied
            .output()
            .apply(
                "ShardLines", MapElements.into(TypeDescriptors.strings()).via(ShardFile::toLine));
    PCollectionList.of(shardLines)
        .and(letters.lines(applied.errors()))
        .apply("Lines", Flatten.pCollections())
        .apply("Collect", Collect.into(draft.folder(), "shards"));
    context.run(pipeline);
    List<ShardFile> shards = new ArrayList<>();
    for (String line : Collect.read(draft.folder(), "shards")) {
      if (!letters.take(line)) {
        shards.add(ShardFile.fromLine(line));
      }
    }
    return shards;
  }

  /** The rows of a run before anything is looked up or derived. */
  static Dataset rawRows(StageContext context) {
    return context.workflow().programs().containsKey(FeatureDefinition.STAGE)
        ? Dataset.of(context.artifact(FeatureDefinition.STAGE, ROWS))
        : context.input(FeatureDefinition.STAGE);
  }

  /** The fitted features of a run, for workers. */
  static ArtifactReference features(StageContext context) {
    return ArtifactReference.to(
        context.store(), context.artifact(FeatureDefinition.STAGE, FEATURES));
  }
}
