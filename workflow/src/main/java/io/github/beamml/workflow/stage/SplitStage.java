package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.split.Part;
import io.github.beamml.engine.split.Split;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.ShardFile;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Puts the rows into the parts train, validation and test. */
final class SplitStage implements Stage {
  /** The parts in the order of their codes. */
  static final List<String> PARTS =
      List.of(Part.TRAIN.label(), Part.VALIDATION.label(), Part.TEST.label());

  @Override
  public String name() {
    return Workflow.SPLIT_STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    Dataset features = context.dataset(FeatureDefinition.STAGE);
    Split split = context.workflow().split();
    Draft draft = context.store().draft(context.run(), name());
    Chain chain = Chain.from(features.source());
    Pipeline pipeline = context.pipeline();
    pipeline
        .apply("Split", chain.into(DatasetSink.into(draft.folder(), PARTS, split::assign)))
        .output()
        .apply("ShardLines", MapElements.into(TypeDescriptors.strings()).via(ShardFile::toLine))
        .apply("Collect", Collect.into(draft.folder(), "shards"));
    context.run(pipeline);
    List<ShardFile> shards =
        Collect.read(draft.folder(), "shards").stream().map(ShardFile::fromLine).toList();
    ObjectNode content = CanonicalJson.object();
    content.set("split", split.toJson());
    for (String kept : List.of("features_digest", "label")) {
      content.set(kept, features.artifact().manifest().content().get(kept));
    }
    Dataset dataset =
        Dataset.publish(draft, chain.schema(), PARTS, shards, content, context.provenance());
    for (String part : List.of(Part.TRAIN.label(), Part.TEST.label())) {
      if (dataset.rows(part) == 0) {
        throw CannotException.to("continue " + name(), "part " + part + " has no rows");
      }
    }
    return record(features, dataset);
  }

  private StageRecord record(Dataset features, Dataset dataset) {
    Map<String, Long> counts = new LinkedHashMap<>();
    StringJoiner summary = new StringJoiner(" + ");
    for (String part : PARTS) {
      counts.put(part, dataset.rows(part));
      summary.add(part + " " + Figures.count(dataset.rows(part)));
    }
    long outside = features.rows() - dataset.rows();
    if (outside > 0) {
      counts.put("in_no_part", outside);
      summary.add("in no part " + Figures.count(outside));
    }
    return new StageRecord(
        name(),
        Map.of(StageRecord.MAIN, StageRecord.Left.of(dataset.artifact())),
        features.rows(),
        dataset.rows(),
        counts,
        summary.toString(),
        0);
  }
}
