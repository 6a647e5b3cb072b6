package io.github.beamml.io.avro;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.Readings;
import io.github.beamml.io.file.Written;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

class ReadAvroProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ReadAvroProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    String two = Written.by(AvroFiles.sink(folder + "/two"), Readings.two());
    String other = Written.by(AvroFiles.sink(folder + "/other"), Readings.ids(7));
    RowBatch columns = Readings.as("{x: double?, id: int64}", Readings.two());

    String late = late(folder.resolve("late.avro"));

    ProviderCase base =
        ProviderCase.of(Map.of("path", two))
            .gives(Readings.two())
            .like((pipeline, inputs) -> pipeline.apply(AvroFiles.read(two)));
    return List.of(
        base,
        base.with("path", other).gives(Readings.ids(7)),
        base.with("columns", List.of("x", "id")).gives(columns),
        base.with("columns", List.of("xx"))
            .fails("Invalid columns: xx is not a column of the input (did you mean x?)"),
        base.with("path", late)
            .gives(RowBatch.empty(SchemaText.parse("schema", "{ms: timestamp}")))
            .deadLetters("ms is out of range"));
  }

  /** A time that the library has no number for. */
  private static String late(Path file) throws IOException {
    Schema schema =
        SchemaBuilder.record("Late")
            .fields()
            .name("ms")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();
    GenericRecord row = new GenericData.Record(schema);
    row.put("ms", Long.MAX_VALUE);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))
            .create(schema, file.toFile())) {
      writer.append(row);
    }
    return file.toString();
  }
}
