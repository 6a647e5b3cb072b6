package io.github.beamml.testkit;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a pipeline on the direct runner gave, all of it in this program: for small tests. */
public final class ProviderRun {
  private static final Duration AT_MOST = Duration.standardSeconds(60);
  private static final Map<String, Queue<Row>> COLLECTED = new ConcurrentHashMap<>();

  /** Rows that are equal exactly when their bits are, in an order that does not matter. */
  record Rows(RowSchema schema, List<? extends List<? extends @Nullable Object>> values) {}

  private final Path folder;
  private final Map<String, RowBatch> outputs;

  private ProviderRun(Path folder, Map<String, RowBatch> outputs) {
    this.folder = folder;
    this.outputs = outputs;
  }

  /** The folder that the case had for itself. */
  public Path folder() {
    return folder;
  }

  /** The rows of an output, in no order. */
  public RowBatch output(String name) {
    RowBatch rows = outputs.get(name);
    if (rows == null) {
      throw new AssertionError("there is no output " + name + " but " + outputs.keySet());
    }
    return rows;
  }

  public Map<String, RowBatch> outputs() {
    return outputs;
  }

  static Rows rows(RowBatch batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>(ExactRows.of(batch));
    rows.sort(Comparator.comparing(String::valueOf));
    return new Rows(batch.schema(), rows);
  }

  /** Makes the outputs of a pipeline by name. */
  interface Expansion {
    Map<String, PCollection<Row>> apply(Pipeline pipeline, Map<String, PCollection<Row>> inputs);
  }

  /** What our own failure says, or the failure itself. */
  static String messageOf(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException || cause instanceof InvalidInputException) {
        return String.valueOf(cause.getMessage());
      }
    }
    throw failure;
  }

  private static DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false);
    options.setTargetParallelism(2);
    return options;
  }

  static ProviderRun of(Path folder, Map<String, RowBatch> inputs, Expansion expansion) {
    Pipeline pipeline = Pipeline.create(options());
    Map<String, PCollection<Row>> rows = new TreeMap<>();
    inputs.forEach((name, batch) -> rows.put(name, create(pipeline, name, batch)));
    Map<String, String> collections = new TreeMap<>();
    Map<String, Schema> schemas = new TreeMap<>();
    expansion
        .apply(pipeline, rows)
        .forEach(
            (name, output) -> {
              String id = UUID.randomUUID().toString();
              COLLECTED.put(id, new ConcurrentLinkedQueue<>());
              collections.put(name, id);
              schemas.put(name, output.getSchema());
              output.apply("Collect " + name, ParDo.of(new CollectFn(id)));
            });
    try {
      waitFor(pipeline.run());
      Map<String, RowBatch> outputs = new TreeMap<>();
      collections.forEach(
          (name, id) -> outputs.put(name, batch(schemas.get(name), COLLECTED.get(id))));
      return new ProviderRun(folder, outputs);
    } finally {
      collections.values().forEach(COLLECTED::remove);
    }
  }

  private static void waitFor(PipelineResult result) {
    PipelineResult.State state = result.waitUntilFinish(AT_MOST);
    if (state != PipelineResult.State.DONE) {
      try {
        result.cancel();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw new AssertionError(
          "the pipeline has not ended after " + AT_MOST.getStandardSeconds() + " s");
    }
  }

  private static PCollection<Row> create(Pipeline pipeline, String name, RowBatch batch) {
    Schema schema = BeamRows.toBeamSchema(batch.schema());
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rows.add(BeamRows.toRow(schema, batch, row));
    }
    return pipeline.apply("Rows of " + name, Create.of(rows).withRowSchema(schema));
  }

  private static RowBatch batch(@Nullable Schema schema, @Nullable Queue<Row> rows) {
    if (schema == null || rows == null) {
      throw new IllegalStateException("nothing was collected");
    }
    RowBatchBuilder builder = RowBatch.builder(BeamRows.toRowSchema(schema));
    rows.forEach(row -> BeamRows.append(builder, row));
    return builder.build();
  }

  static PCollectionRowTuple tuple(Pipeline pipeline, Map<String, PCollection<Row>> rows) {
    PCollectionRowTuple tuple = PCollectionRowTuple.empty(pipeline);
    for (Map.Entry<String, PCollection<Row>> entry : rows.entrySet()) {
      tuple = tuple.and(entry.getKey(), entry.getValue());
    }
    return tuple;
  }

  private static final class CollectFn extends DoFn<Row, Void> {
    private static final long serialVersionUID = 1L;

    private final String id;

    CollectFn(String id) {
      this.id = id;
    }

    @ProcessElement
    public void process(@Element Row row) {
      Queue<Row> rows = COLLECTED.get(id);
      if (rows != null) {
        rows.add(row);
      }
    }
  }
}
