package io.github.beamml.features;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.lookup.LookupTable;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Adds columns of a small table that is rows itself: a bounded collection, held by each worker. A
 * table in a file needs no collection: see {@link Features#lookup}.
 */
public final class LookupRows extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final transient PCollection<Row> table;
  private final Lookup lookup;

  private LookupRows(PCollection<Row> table, Lookup lookup) {
    this.table = table;
    this.lookup = lookup;
  }

  /**
   * @param table bounded rows in the global window
   */
  public static LookupRows in(PCollection<Row> table, Lookup lookup) {
    return new LookupRows(table, lookup);
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> input) {
    RowSchema schema = BeamRows.toRowSchema(input.getSchema());
    RowSchema tableSchema = BeamRows.toRowSchema(table.getSchema());
    LookupTable none = LookupTable.of(lookup.table(), RowBatch.empty(tableSchema));
    Schema output = BeamRows.toBeamSchema(lookup.fn(none).outputSchema(schema));
    PCollectionView<Iterable<Row>> view = table.apply("Table", View.asIterable());
    return input
        .apply(
            "Lookup",
            ParDo.of(new LookupRowsFn(lookup, schema, tableSchema, output, view))
                .withSideInputs(view))
        .setRowSchema(output);
  }

  /** Its name is its content: equal tables share an index in a process. */
  static LookupTable table(Lookup lookup, RowBatch rows) {
    return LookupTable.of(lookup.table() + " " + Fingerprint.of(rows).digest(rows.schema()), rows);
  }

  private static final class LookupRowsFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Lookup lookup;
    private final RowSchema schema;
    private final RowSchema tableSchema;
    private final Schema output;
    private final PCollectionView<Iterable<Row>> view;
    private transient @Nullable BatchFn function;

    LookupRowsFn(
        Lookup lookup,
        RowSchema schema,
        RowSchema tableSchema,
        Schema output,
        PCollectionView<Iterable<Row>> view) {
      this.lookup = lookup;
      this.schema = schema;
      this.tableSchema = tableSchema;
      this.output = output;
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      BatchFn mine = function;
      if (mine == null) {
        mine = lookup.fn(table(lookup, batch(context.sideInput(view))));
        function = mine;
      }
      RowBatchBuilder row = RowBatch.builder(schema);
      BeamRows.append(row, context.element());
      RowBatch result = mine.apply(row.build(), RowErrors.fail());
      context.output(BeamRows.toRow(output, result, 0));
    }

    private RowBatch batch(Iterable<Row> rows) {
      RowBatchBuilder builder = RowBatch.builder(tableSchema);
      for (Row row : rows) {
        BeamRows.append(builder, row);
      }
      return builder.build();
    }
  }
}
