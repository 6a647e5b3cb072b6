package io.github.beamml.training;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Brings bounded rows together on one worker as batches, each with the number of the part that it
 * is of. There is one element, even if there is no row.
 */
final class GatherRows
    extends PTransform<
        PCollection<Row>, PCollection<KV<Integer, Iterable<KV<Integer, RowBatch>>>>> {
  private static final long serialVersionUID = 1L;

  private final String component;
  private final List<List<BatchFn>> parts;

  private GatherRows(String component, List<List<BatchFn>> parts) {
    this.component = component;
    this.parts = parts;
  }

  /**
   * @param component that gathers, for messages
   * @param parts what makes the rows of each part out of all rows; all give one schema
   */
  static GatherRows of(String component, List<List<BatchFn>> parts) {
    return new GatherRows(component, parts.stream().map(List::copyOf).toList());
  }

  /** The schema of rows behind functions. */
  static RowSchema schema(RowSchema rows, List<BatchFn> functions) {
    RowSchema schema = rows;
    for (BatchFn function : functions) {
      schema = function.outputSchema(schema);
    }
    return schema;
  }

  @Override
  public PCollection<KV<Integer, Iterable<KV<Integer, RowBatch>>>> expand(PCollection<Row> input) {
    if (input.isBounded() != PCollection.IsBounded.BOUNDED
        || !(input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw InvalidInputException.because(
          "input", component + " takes bounded rows in the global window");
    }
    RowSchema rows = BeamRows.toRowSchema(input.getSchema());
    RowSchema schema = schema(rows, parts.get(0));
    KvCoder<Integer, KV<Integer, RowBatch>> coder = OneKeyFn.coder(schema);
    PCollection<KV<Integer, KV<Integer, RowBatch>>> none =
        input
            .getPipeline()
            .apply(
                "NoRows",
                Create.of(KV.of(0, KV.of(0, RowBatch.builder(schema).build()))).withCoder(coder));
    PCollection<KV<Integer, KV<Integer, RowBatch>>> batches =
        input
            .apply("Batch", ParDo.of(new BatchRowsFn(component, rows, parts)))
            .setCoder(KvCoder.of(VarIntCoder.of(), RowBatchCoder.of(schema)))
            .apply("OneKey", WithKeys.of(0))
            .setCoder(coder);
    return PCollectionList.of(batches)
        .and(none)
        .apply("All", Flatten.pCollections())
        .apply("Gather", GroupByKey.create());
  }

  /** The rows of one part, of those that were gathered. */
  static RowBatch concat(RowSchema schema, int part, List<KV<Integer, RowBatch>> gathered) {
    return RowBatch.concat(
        schema,
        gathered.stream().filter(batch -> batch.getKey() == part).map(KV::getValue).toList());
  }

  /** A row that cannot be computed ends the component. */
  static RowBatch apply(String component, List<BatchFn> functions, RowBatch rows) {
    RowBatch result = rows;
    for (BatchFn function : functions) {
      result =
          function.apply(
              result,
              (batch, row, message) -> {
                throw CannotException.to("continue " + component, message);
              });
    }
    return result;
  }

  private static final class BatchRowsFn extends DoFn<Row, KV<Integer, RowBatch>> {
    private static final long serialVersionUID = 1L;

    private final String component;
    private final RowSchema schema;
    private final List<List<BatchFn>> parts;
    private transient @Nullable RowBatchBuilder buffer;

    BatchRowsFn(String component, RowSchema schema, List<List<BatchFn>> parts) {
      this.component = component;
      this.schema = schema;
      this.parts = parts;
    }

    private interface Output {
      void batch(KV<Integer, RowBatch> batch);
    }

    @StartBundle
    public void startBundle() {
      buffer = RowBatch.builder(schema);
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<KV<Integer, RowBatch>> output) {
      RowBatchBuilder rows = Objects.requireNonNull(buffer);
      BeamRows.append(rows, row);
      if (rows.size() == RowBatch.DEFAULT_ROWS) {
        flush(rows, output::output);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      flush(
          Objects.requireNonNull(buffer),
          batch ->
              context.output(batch, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
      buffer = null;
    }

    private void flush(RowBatchBuilder rows, Output output) {
      RowBatch batch = rows.build();
      for (int part = 0; part < parts.size(); part++) {
        RowBatch result = GatherRows.apply(component, parts.get(part), batch);
        if (result.size() > 0) {
          output.batch(KV.of(part, result));
        }
      }
    }
  }
}
