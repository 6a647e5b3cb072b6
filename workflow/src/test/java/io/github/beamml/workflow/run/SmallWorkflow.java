package io.github.beamml.workflow.run;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A workflow over a few thousand made-up rows, in a folder of its own, for tests of whole runs. */
final class SmallWorkflow {
  private static final int ROWS = 3_000;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.STRING),
          Field.required("at", ValueType.TIMESTAMP),
          Field.nullable("x", ValueType.DOUBLE),
          Field.nullable("city", ValueType.STRING),
          Field.nullable("delay", ValueType.DOUBLE));

  private final Path folder;
  private String page;
  private String profile;

  private SmallWorkflow(Path folder, String page, String profile) {
    this.folder = folder;
    this.page = page;
    this.profile = profile;
  }

  /** Reads Parquet files of a folder. */
  static SmallWorkflow overFiles(Path folder) throws IOException {
    SmallWorkflow workflow = new SmallWorkflow(folder, page("{files: data}", "parquet"), "");
    workflow.writeShards(1, 0);
    return workflow;
  }

  /** Reads a topic of an embedded broker. */
  static SmallWorkflow overTopic(Path folder, int partitions, long order) throws IOException {
    SmallWorkflow workflow =
        new SmallWorkflow(
            folder,
            page("{kafka: events}", "json"),
            "connections: {events: {embedded: {sample: data/0.parquet, topic: events, partitions: "
                + partitions
                + ", order: "
                + order
                + "}}}\n");
    workflow.writeShards(1, 0);
    return workflow;
  }

  private static String page(String source, String format) {
    return """
    workflow: small
    version: 1.0.0
    kafka-reader-io:
      source: %s
      format: %s
      schema: {id: string, at: timestamp, x: double?, city: string?, delay: double?}
      event_time: at
      window: {from: 2020-01-01, to: 2020-07-01, zone: Europe/Madrid}
      row_key: [id]
    enrichment-feature-transform:
      label: {name: late, is: delay > 15}
      features:
        - impute: {columns: [x], with: mean}
        - standardize: {columns: [x]}
        - cyclic: {column: at, parts: [hour, weekday]}
        - one_hot: {columns: [city]}
    dataset-split: {by_time: at, validation_from: 2020-05-01, test_from: 2020-06-01}
    model-training: {trees: 10, max_depth: 5, seed: 3}
    model-testing:
      threshold: max_f1 on validation
      slices: [city]
      gate: ["auc >= 0.6"]
      register: {model: small, environment: staging}
    """
        .formatted(source, format);
  }

  /** Replaces a part of the page. */
  SmallWorkflow with(String part, String replacement) {
    if (!page.contains(part)) {
      throw new IllegalArgumentException(part);
    }
    page = page.replace(part, replacement);
    return this;
  }

  /** The lines of a stage. */
  String section(String stage) {
    int start = page.indexOf(stage + ":");
    int end = start;
    do {
      end = page.indexOf('\n', end) + 1;
    } while (page.charAt(end) == ' ');
    return page.substring(start, end);
  }

  /** Adds lines to the profile. */
  SmallWorkflow withProfile(String lines) {
    profile += lines;
    return this;
  }

  /** Writes the rows again, in so many files and another order. */
  SmallWorkflow writeShards(int shards, long order) throws IOException {
    return write(shards, order, number -> true);
  }

  /** Writes the rows again but for some. */
  SmallWorkflow writeOnly(IntPredicate kept) throws IOException {
    return write(1, 0, kept);
  }

  private SmallWorkflow write(int shards, long order, IntPredicate kept) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (var old = Files.list(data)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    List<Integer> rows = new ArrayList<>(IntStream.range(0, ROWS).filter(kept).boxed().toList());
    Collections.shuffle(rows, new Random(order));
    for (int shard = 0; shard < shards; shard++) {
      RowBatchBuilder builder = RowBatch.builder(SCHEMA);
      for (int i = shard; i < rows.size(); i += shards) {
        addRow(builder, rows.get(i));
      }
      try (OutputStream out = Files.newOutputStream(data.resolve(shard + ".parquet"));
          ParquetBatchWriter writer = ParquetBatchWriter.open(out, SCHEMA)) {
        writer.write(builder.build());
      }
    }
    return this;
  }

  /** All rows in the order of their numbers. */
  static RowBatch rows() {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    IntStream.range(0, ROWS).forEach(number -> addRow(builder, number));
    return builder.build();
  }

  /** A row is a function of its number alone. */
  private static void addRow(RowBatchBuilder builder, int number) {
    Random random = new Random(number);
    long at = 1_577_833_200_000_000L + number * 5_200_000_000L;
    double x = random.nextGaussian() * 1e3 + 1e6;
    String city = List.of("Madrid", "İzmir", "Zürich", "東京").get(random.nextInt(4));
    double delay = (x - 1e6) / 100 + random.nextGaussian() * 5 + (city.equals("Madrid") ? 20 : 8);
    builder.addRow(
        "row-" + number,
        at,
        number % 17 == 0 ? null : x,
        number % 23 == 0 ? null : city,
        number % 40 == 0 ? null : delay);
  }

  Path folder() {
    return folder;
  }

  Workflow workflow() throws IOException {
    Path file = folder.resolve("workflow.yaml");
    Files.writeString(file, page);
    return Workflow.read(file);
  }

  /** Runs it with a store of its own. */
  RunResult run(Path store, int parallelism) throws IOException {
    return runner(store, parallelism).run();
  }

  /** Runs one stage of a run. */
  StageRecord runStage(Path store, String run, String stage) throws IOException {
    return runner(store, 2).runStage(run, stage);
  }

  private WorkflowRunner runner(Path store, int parallelism) throws IOException {
    Workflow workflow = workflow();
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(
        folder.resolve("profiles/test.yaml"), "runner: direct\nstore: " + store + "\n" + profile);
    Profile read = Profile.read(folder, "test");
    return new WorkflowRunner(
        workflow,
        read.withRunner(read.runner().withParallelism(parallelism)),
        new SilentListener());
  }
}
