package io.github.beamml.workflow.program;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowKeyFn;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.Exchange;
import io.github.beamml.io.dataset.ShardFile;
import io.github.beamml.io.dataset.WriteDataset;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.stage.FeatureStage;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Makes a dataset of the Parquet files that a program leaves. Row keys that it hands on are kept,
 * so that split and bootstrap see the same rows as before; else they are made of its {@code
 * row_key}. Of rows with one key one stays.
 */
final class RowsOutput {
  private static final String COLLECTED = "shards";
  private static final int PARTITIONS = 4;

  private RowsOutput() {}

  static StageRecord dataset(
      StageContext context, ProgramDefinition program, ProgramFolder folder) {
    Dataset dataset = publish(context, program, folder);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows", dataset.rows());
    return new StageRecord(
        program.name(),
        Map.of(StageRecord.MAIN, StageRecord.Left.of(dataset.artifact())),
        folder.rowsIn(),
        dataset.rows(),
        counts,
        summary(dataset),
        0);
  }

  /** The program's rows, with its columns as features, and the label, just as our own stage. */
  static StageRecord features(
      StageContext context, ProgramDefinition program, ProgramFolder folder) {
    Dataset rows = publish(context, program, folder);
    StageRecord record = FeatureStage.prepare(context, rows);
    Map<String, StageRecord.Left> artifacts = new TreeMap<>(record.artifacts());
    artifacts.put(FeatureStage.ROWS, StageRecord.Left.of(rows.artifact()));
    return new StageRecord(
        program.name(),
        artifacts,
        folder.rowsIn(),
        record.rowsOut(),
        record.counts(),
        record.summary(),
        0);
  }

  private static String summary(Dataset dataset) {
    return Figures.count(dataset.rows()) + " rows x " + dataset.schema().size() + " columns";
  }

  private static Dataset publish(
      StageContext context, ProgramDefinition program, ProgramFolder folder) {
    String files = folder.output() + "/*.parquet";
    if (!folder.hasLeft(".parquet")) {
      throw CannotException.to(
          "continue " + program.name(), "the program left no *.parquet in its output folder");
    }
    context.progress().accept("taking over its rows");
    RowSchema schema = ParquetFiles.schemaOf(files);
    boolean hasKeys = schema.has(Field.ROW_KEY.name());
    Chain chain = Chain.from(ParquetFiles.source(files));
    // Keys that are there count as declared: of rows with one key one stays.
    RowKey key = RowKey.of(hasKeys ? List.of(Field.ROW_KEY.name()) : program.rowKey());
    if (!hasKeys) {
      key.check(schema, "stages." + program.name() + ".row_key");
      chain = chain.then(RowKeyFn.of(key));
    }
    Draft draft = context.store().draft(context.run(), program.name());
    Dataset dataset = write(context, program, chain, key, draft);
    if (dataset.rows() == 0) {
      throw CannotException.to("continue " + program.name(), "the program left no rows");
    }
    return dataset;
  }

  private static Dataset write(
      StageContext context, ProgramDefinition program, Chain chain, RowKey key, Draft draft) {
    Pipeline pipeline = context.pipeline();
    Chain.Result<KV<Integer, RowBatch>> read =
        pipeline.apply("Read", chain.into(Exchange.byRowKey(chain.schema(), PARTITIONS)));
    read.output()
        .apply(
            "WriteRows", WriteDataset.of(chain.schema(), key, "", DatasetSink.into(draft.folder())))
        .get(WriteDataset.SHARDS)
        .apply("ShardLines", MapElements.into(TypeDescriptors.strings()).via(ShardFile::toLine))
        .apply("Collect", Collect.into(draft.folder(), COLLECTED));
    context.run(pipeline);
    List<ShardFile> shards =
        Collect.read(draft.folder(), COLLECTED).stream().map(ShardFile::fromLine).toList();
    return Dataset.publish(
        draft,
        chain.schema(),
        List.of(""),
        shards,
        CanonicalJson.object(),
        provenance(context, program));
  }

  /** What every artifact of a program says of where it comes from. */
  static ObjectNode provenance(StageContext context, ProgramDefinition program) {
    ObjectNode provenance = context.provenance();
    ObjectNode entry =
        provenance
            .putObject("program")
            .put("name", program.name())
            .put("version", program.version());
    var command = entry.putArray("command");
    program.command().forEach(command::add);
    entry.set("parameters", program.parameters());
    return provenance;
  }
}
