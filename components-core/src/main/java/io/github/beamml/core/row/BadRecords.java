package io.github.beamml.core.row;

import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Dead letters as rows: what an {@code errors} output holds. */
public final class BadRecords {
  /**
   * {@code failed_row}, {@code error_message}, {@code reason}, {@code component}, {@code origin}.
   */
  public static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("failed_row", ValueType.BYTES),
          Field.required("error_message", ValueType.STRING),
          Field.required("reason", ValueType.STRING),
          Field.required("component", ValueType.STRING),
          Field.required("origin", ValueType.STRING));

  private static final Schema BEAM_SCHEMA = BeamRows.toBeamSchema(SCHEMA);

  private BadRecords() {}

  /** Dead letters as Beam rows of {@link #SCHEMA}. */
  public static PTransform<PCollection<BadRecord>, PCollection<Row>> toRows() {
    return new ToRows();
  }

  /** Dead letters as a batch of {@link #SCHEMA}. */
  public static RowBatch toBatch(List<BadRecord> badRecords) {
    var builder = RowBatch.builder(SCHEMA);
    for (BadRecord bad : badRecords) {
      builder.addRow(bad.record(), bad.message(), bad.reason(), bad.component(), bad.origin());
    }
    return builder.build();
  }

  private static final class ToRows extends PTransform<PCollection<BadRecord>, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<Row> expand(PCollection<BadRecord> input) {
      return input
          .apply(
              "ToRows",
              MapElements.into(TypeDescriptors.rows())
                  .via(
                      bad ->
                          Row.withSchema(BEAM_SCHEMA)
                              .addValues(
                                  bad.record(),
                                  bad.message(),
                                  bad.reason(),
                                  bad.component(),
                                  bad.origin())
                              .build()))
          .setRowSchema(BEAM_SCHEMA);
    }
  }
}
