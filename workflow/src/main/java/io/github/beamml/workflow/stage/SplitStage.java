package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.split.Part;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.split.SplitReport;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.beam.sdk.Pipeline;

/** Puts the rows into the parts train, validation and test. */
final class SplitStage implements Stage {
  /** The parts in the order of their codes. */
  static final List<String> PARTS =
      List.of(Part.TRAIN.label(), Part.VALIDATION.label(), Part.TEST.label());

  private static final String COLLECTED = "split";

  @Override
  public String name() {
    return Workflow.SPLIT_STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    Dataset features = context.input(name());
    Split split = context.workflow().split();
    String label = context.workflow().features().label();
    JsonNode group = split.toJson().path("by_group");
    Draft draft = context.store().draft(context.run(), name());
    Chain chain = Chain.from(features.source());
    SplitSink sink =
        SplitSink.into(
            draft.folder(), PARTS, split, label, group.isTextual() ? group.asText() : null);
    Pipeline pipeline = context.pipeline();
    pipeline
        .apply("Split", chain.into(sink))
        .output()
        .apply("Collect", Collect.into(draft.folder(), COLLECTED));
    context.run(pipeline);
    SplitSink.Result result = sink.parse(Collect.read(draft.folder(), COLLECTED));
    checkGroups(result.report());
    ObjectNode content = CanonicalJson.object();
    content.set("split", split.toJson());
    content.set("report", result.report().toJson());
    ObjectNode prepared = context.dataset(FeatureDefinition.STAGE).artifact().manifest().content();
    for (String kept : List.of("features_digest", "label")) {
      content.set(kept, prepared.get(kept));
    }
    Dataset dataset =
        Dataset.publish(
            draft, chain.schema(), PARTS, result.shards(), content, context.provenance());
    for (String part : List.of(Part.TRAIN.label(), Part.TEST.label())) {
      if (dataset.rows(part) == 0) {
        throw CannotException.to("continue " + name(), "part " + part + " has no rows");
      }
    }
    return record(features, dataset, result.report());
  }

  private StageRecord record(Dataset features, Dataset dataset, SplitReport report) {
    Map<String, Long> counts = new LinkedHashMap<>();
    StringJoiner summary = new StringJoiner(" + ");
    for (String part : PARTS) {
      counts.put(part, dataset.rows(part));
      summary.add(part + " " + Figures.count(dataset.rows(part)) + rate(report, part));
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

  private void checkGroups(SplitReport report) {
    List<String> torn = report.groupsOnSeveralSides();
    if (!torn.isEmpty()) {
      throw CannotException.to(
          "continue " + name(),
          torn.size() + " groups are in more than one part, such as " + torn.get(0));
    }
  }

  /** How many of a part's rows are positive, such as {@code (24.2 % true)}. */
  private static String rate(SplitReport report, String part) {
    Part known = Part.valueOf(part.toUpperCase(Locale.ROOT));
    long rows = report.rows(known);
    if (rows == 0) {
      return "";
    }
    double share = report.labelled(known, "true") / (double) rows;
    return " (" + Figures.percent(share, 1) + " true)";
  }
}
