package io.github.beamml.training;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/** Made-up journeys, of which each tenth has no delay. */
final class Delays {
  static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("city", ValueType.STRING),
          Field.required("part", ValueType.STRING),
          Field.required("x", ValueType.DOUBLE),
          Field.nullable("delay", ValueType.DOUBLE));

  private Delays() {}

  /** Three of four rows train, the others validate. */
  static RowBatch rows(int count) {
    RowBatchBuilder rows = RowBatch.builder(SCHEMA);
    for (int id = 0; id < count; id++) {
      Random random = new Random(id);
      double x = random.nextInt(100);
      Double delay = id % 10 == 9 ? null : x / 2 + random.nextInt(20);
      String city = id % 3 == 0 ? "Bern" : "Genf";
      rows.addRow((long) id, city, id % 4 == 0 ? "validation" : "train", x, delay);
    }
    return rows.build();
  }

  static Schema beamSchema() {
    return BeamRows.toBeamSchema(SCHEMA);
  }

  static List<Row> beamRows(RowBatch rows) {
    List<Row> all = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      all.add(BeamRows.toRow(beamSchema(), rows, row));
    }
    return all;
  }
}
