package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.ShardFile;
import io.github.beamml.io.dataset.WriteDataset;
import io.github.beamml.workflow.definition.DeadLetterLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The dead letters of one pipeline of a stage: the pipeline writes and counts them; then they are
 * published under the run, where they are found even if they stop the stage.
 */
final class StageLetters {
  /** Their count in a stage's record. */
  static final String COUNT = "dead_letters";

  private static final String SHARD = "letters ";
  private static final String KIND = "kind ";

  private final StageContext context;
  private final String stage;
  private final Draft draft;
  private final List<ShardFile> shards = new ArrayList<>();
  private final Map<String, Long> kinds = new TreeMap<>();

  private StageLetters(StageContext context, String stage) {
    this.context = context;
    this.stage = stage;
    this.draft = context.store().draft(context.run(), stage);
  }

  static StageLetters of(StageContext context, String stage) {
    return new StageLetters(context, stage);
  }

  /** Writes and counts them; the lines must be collected and {@link #take taken} afterwards. */
  PCollection<String> lines(PCollection<BadRecord> bad) {
    PCollectionTuple written =
        bad.apply("LettersAsBatches", ParDo.of(new LetterBatchFn()))
            .setCoder(LetterBatchFn.coder())
            .apply(
                "WriteLetters",
                WriteDataset.of(
                    LetterBatchFn.SCHEMA,
                    RowKey.of(List.of()),
                    "",
                    DatasetSink.into(draft.folder())));
    PCollection<String> shardLines =
        written
            .get(WriteDataset.SHARDS)
            .apply(
                "LetterShardLines",
                MapElements.into(TypeDescriptors.strings()).via(shard -> SHARD + shard.toLine()));
    PCollection<String> kindLines =
        bad.apply("LetterKinds", MapElements.into(TypeDescriptors.strings()).via(BadRecord::kind))
            .apply("CountLetters", Count.perElement())
            .apply(
                "LetterKindLines",
                MapElements.into(TypeDescriptors.strings())
                    .via(kind -> KIND + kind.getValue() + " " + onOneLine(kind.getKey())));
    return PCollectionList.of(shardLines)
        .and(kindLines)
        .apply("LetterLines", Flatten.pCollections());
  }

  private static String onOneLine(String kind) {
    return kind.replaceAll("\\p{Cntrl}", " ");
  }

  /** Takes a line that the pipeline collected; says whether it was one of these. */
  boolean take(String line) {
    if (line.startsWith(SHARD)) {
      shards.add(ShardFile.fromLine(line.substring(SHARD.length())));
      return true;
    }
    if (line.startsWith(KIND)) {
      int space = line.indexOf(' ', KIND.length());
      kinds.merge(
          line.substring(space + 1),
          Long.parseLong(line.substring(KIND.length(), space)),
          Long::sum);
      return true;
    }
    return false;
  }

  long count() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Their numbers by {@link BadRecord#kind}. */
  Map<String, Long> kinds() {
    return kinds;
  }

  /**
   * Publishes them.
   *
   * @throws CannotException if there are more than may be
   */
  Dataset publish(DeadLetterLimit limit, long records, ObjectNode provenance) {
    Dataset letters =
        Dataset.publish(
            draft,
            LetterBatchFn.SCHEMA,
            List.of(""),
            shards,
            CanonicalJson.object().put("holds", "dead letters"),
            provenance);
    context.records().keepLetters(context.run(), stage, letters.artifact().seal());
    limit.check(stage, count(), records, firstReasons(), context.run());
    return letters;
  }

  /**
   * Publishes them if there are more than may be.
   *
   * @throws CannotException if so
   */
  void stopBeyond(DeadLetterLimit limit, long records, ObjectNode provenance) {
    if (limit.isExceeded(count(), records)) {
      publish(limit, records, provenance);
    }
  }

  private String firstReasons() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
