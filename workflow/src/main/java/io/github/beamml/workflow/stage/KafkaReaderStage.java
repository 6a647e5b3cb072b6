package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.protection.ProtectFn;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKeyFn;
import io.github.beamml.io.WindowedSource;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.io.dataset.DatasetSink;
import io.github.beamml.io.dataset.Exchange;
import io.github.beamml.io.dataset.ShardFile;
import io.github.beamml.io.dataset.WriteDataset;
import io.github.beamml.io.kafka.KafkaSnapshot;
import io.github.beamml.io.kafka.KafkaWindow;
import io.github.beamml.io.kafka.OffsetRange;
import io.github.beamml.workflow.definition.ReaderDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Reads the closed window of a topic, or files, into a dataset whose rows are each there once, and
 * the bad records into another.
 */
final class KafkaReaderStage implements Stage {
  private static final String COLLECTED = "collected";
  private static final String SHARD = "shard ";
  private static final String COUNT = "count ";

  /** Rows of one partition are in memory at once while they are written. */
  private static final long EVENTS_PER_PARTITION = 100_000;

  @Override
  public String name() {
    return ReaderDefinition.STAGE;
  }

  @Override
  public StageRecord run(StageContext context) {
    ReaderDefinition definition = context.workflow().reader().orElseThrow();
    ObjectNode provenance = context.provenance();
    provenance.set("source", definition.provenance());
    BatchSource<?> source = source(context, provenance);
    Draft draft = context.store().draft(context.run(), name());
    StageLetters letters = StageLetters.of(context, name());
    Chain chain = chain(definition, source);
    build(context, definition, chain, draft, letters);
    Result result = Result.parse(Collect.read(draft.folder(), COLLECTED), letters);

    long read = result.count(WindowedSource.READ);
    Dataset letterDataset = letters.publish(definition.limit(), read, provenance);
    Dataset dataset =
        Dataset.publish(
            draft, chain.schema(), List.of(""), result.shards, CanonicalJson.object(), provenance);
    if (dataset.rows() == 0) {
      throw CannotException.to(
          "continue " + name(),
          "no rows in the window ("
              + read
              + " records read, "
              + result.count(WindowedSource.OUTSIDE_WINDOW)
              + " outside the window, "
              + letters.count()
              + " dead letters)");
    }
    return record(dataset, letterDataset, letters, result);
  }

  private StageRecord record(
      Dataset dataset, Dataset letterDataset, StageLetters letters, Result result) {
    long read = result.count(WindowedSource.READ);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("events", read);
    counts.put("rows", dataset.rows());
    counts.put(WriteDataset.DUPLICATES, result.count(WriteDataset.DUPLICATES));
    counts.put(StageLetters.COUNT, letters.count());
    counts.put(WindowedSource.OUTSIDE_WINDOW, result.count(WindowedSource.OUTSIDE_WINDOW));
    letters.kinds().forEach((reason, number) -> counts.put("reason." + reason, number));
    return new StageRecord(
        name(),
        Map.of(
            StageRecord.MAIN, StageRecord.Left.of(dataset.artifact()),
            StageRecord.LETTERS, StageRecord.Left.of(letterDataset.artifact())),
        read,
        dataset.rows(),
        counts,
        Figures.count(read)
            + " events = "
            + Figures.count(dataset.rows())
            + " rows + "
            + Figures.count(result.count(WriteDataset.DUPLICATES))
            + " duplicates + "
            + Figures.count(letters.count())
            + " dead letters + "
            + Figures.count(result.count(WindowedSource.OUTSIDE_WINDOW))
            + " outside the window",
        0);
  }

  private static BatchSource<?> source(StageContext context, ObjectNode provenance) {
    ReaderDefinition definition = context.workflow().reader().orElseThrow();
    if (definition.source() instanceof ReaderDefinition.FileSource files) {
      return WindowedSource.of(
          FileSources.open(context.workflow().folder(), files, definition.schema()),
          definition.window());
    }
    String name = ((ReaderDefinition.Topic) definition.source()).connection();
    Connections.OpenTopic topic = context.connections().topic(name);
    List<OffsetRange> ranges = ranges(context, topic);
    var offsets = provenance.putArray("offsets");
    for (OffsetRange range : ranges) {
      offsets
          .addObject()
          .put("partition", range.partition())
          .put("begin", CanonicalJson.int64(range.begin()))
          .put("end", CanonicalJson.int64(range.end()));
    }
    return WindowedSource.of(
        KafkaWindow.source(topic.connection(), topic.topic(), ranges, definition.schema()),
        definition.window());
  }

  /** The snapshot is kept under the run before anything is read: a retry reads the same records. */
  private static List<OffsetRange> ranges(StageContext context, Connections.OpenTopic topic) {
    ObjectNode taken = CanonicalJson.object().put("topic", topic.topic());
    var list = taken.putArray("ranges");
    for (OffsetRange range : KafkaSnapshot.take(topic.connection(), topic.topic())) {
      list.addObject()
          .put("partition", range.partition())
          .put("begin", CanonicalJson.int64(range.begin()))
          .put("end", CanonicalJson.int64(range.end()));
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (JsonNode range : context.records().keepOffsets(context.run(), taken).path("ranges")) {
      ranges.add(
          new OffsetRange(
              range.path("partition").asInt(),
              Long.parseLong(range.path("begin").asText()),
              Long.parseLong(range.path("end").asText())));
    }
    return ranges;
  }

  private static Chain chain(ReaderDefinition definition, BatchSource<?> source) {
    Chain chain = Chain.from(source);
    if (!definition.protection().isEmpty()) {
      chain = chain.then(ProtectFn.of(definition.protection()));
    }
    return chain.then(RowKeyFn.of(definition.key()));
  }

  private static void build(
      StageContext context,
      ReaderDefinition definition,
      Chain chain,
      Draft draft,
      StageLetters letters) {
    Pipeline pipeline = context.pipeline();
    int partitions = partitions(context);
    Chain.Result<KV<Integer, RowBatch>> read =
        pipeline.apply(
            "Read", chain.into(Exchange.byRowKey(chain.schema(), partitions)).keepingDeadLetters());
    String eventTime = definition.window().column();
    PCollectionTuple rows =
        read.output()
            .apply(
                "WriteRows",
                WriteDataset.of(
                    chain.schema(), definition.key(), eventTime, DatasetSink.into(draft.folder())));
    boolean dropBytes = !definition.protection().isEmpty() && !definition.keepBytes();
    PCollection<BadRecord> bad = read.errors();
    if (dropBytes) {
      bad =
          bad.apply(
                  "WithoutBytes",
                  MapElements.into(TypeDescriptor.of(BadRecord.class))
                      .via(BadRecord::withoutRecord))
              .setCoder(BadRecordCoder.of());
    }
    PCollection<String> counts =
        PCollectionList.of(read.counts())
            .and(rows.get(WriteDataset.COUNTS))
            .apply("AllCounts", Flatten.pCollections())
            .apply("Sum", Sum.longsPerKey())
            .apply(
                "CountLines",
                MapElements.into(TypeDescriptors.strings())
                    .via(count -> COUNT + count.getKey() + " " + count.getValue()));
    PCollection<String> shards =
        rows.get(WriteDataset.SHARDS)
            .apply(
                "ShardLines",
                MapElements.into(TypeDescriptors.strings()).via(shard -> SHARD + shard.toLine()));
    PCollectionList.of(shards)
        .and(letters.lines(bad))
        .and(counts)
        .apply("AllLines", Flatten.pCollections())
        .apply("Collect", Collect.into(draft.folder(), COLLECTED));
    context.run(pipeline);
  }

  private static int partitions(StageContext context) {
    long events =
        context
            .records()
            .offsets(context.run())
            .map(KafkaReaderStage::offsetCount)
            .orElse(4 * EVENTS_PER_PARTITION);
    return (int) Math.min(4096, Math.max(4, events / EVENTS_PER_PARTITION + 1));
  }

  private static long offsetCount(ObjectNode offsets) {
    long count = 0;
    for (JsonNode range : offsets.path("ranges")) {
      count +=
          Long.parseLong(range.path("end").asText()) - Long.parseLong(range.path("begin").asText());
    }
    return count;
  }

  /** What the pipeline said of the rows. */
  private static final class Result {
    private final List<ShardFile> shards = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    static Result parse(List<String> lines, StageLetters letters) {
      Result result = new Result();
      for (String line : lines) {
        if (line.startsWith(SHARD)) {
          result.shards.add(ShardFile.fromLine(line.substring(SHARD.length())));
        } else if (!letters.take(line)) {
          String[] words = line.split(" ", -1);
          result.counts.put(words[1], Long.parseLong(words[2]));
        }
      }
      return result;
    }

    long count(String name) {
      return counts.getOrDefault(name, 0L);
    }
  }
}
