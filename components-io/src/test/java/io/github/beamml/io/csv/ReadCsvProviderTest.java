package io.github.beamml.io.csv;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ReadCsvProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ReadCsvProvider();
  }

  private static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    String plain = file(folder, "a.csv", "id,at,x\n1,1970-01-01T00:00:05.000001Z,0.5\n2,,\n");
    String other = file(folder, "b.csv", "x,at,id\n,,7\n");
    String wide = file(folder, "wide.csv", "id,y,at,x\n7,?,,\n");
    String semicolons = file(folder, "semicolons.csv", "id;at;x\n7;;\n");
    String headless = file(folder, "headless.csv", "7,,\n");
    String local = file(folder, "local.csv", "id,at,x\n1,1970-01-01 00:00,NA\n");
    RowBatch anHourBefore =
        RowBatch.builder(Readings.SCHEMA).addRow(1L, -3_600_000_000L, null).build();
    RowBatch midnight = RowBatch.builder(Readings.SCHEMA).addRow(1L, 0L, null).build();
    RowBatch texts =
        RowBatch.builder(SchemaText.parse("schema", "{id: string, at: timestamp?, x: double?}"))
            .addRow("1", 5_000_001L, 0.5)
            .addRow("2", null, null)
            .build();

    ProviderCase base =
        ProviderCase.of(Map.of("path", plain, "schema", Readings.SCHEMA_TEXT))
            .gives(Readings.two())
            .like((pipeline, inputs) -> pipeline.apply(CsvFiles.read(plain, Readings.SCHEMA)));
    ProviderCase zoned =
        base.with("path", local).with("null_text", "NA").with("time_zone", "Europe/Zurich");
    return List.of(
        base,
        base.with("path", other).gives(Readings.ids(7)),
        base.with("schema", "{id: string, at: timestamp?, x: double?}").gives(texts),
        base.with("path", wide)
            .fails(
                "Cannot read "
                    + wide
                    + ": its header has column y, which the schema lacks (did you mean x?)"),
        base.with("path", wide).with("other_columns", "ignore").gives(Readings.ids(7)),
        base.with("path", semicolons)
            .fails(
                "Cannot read "
                    + semicolons
                    + ": its header has column id;at;x, which the schema lacks (did you mean id?)"),
        base.with("path", semicolons).with("separator", ";").gives(Readings.ids(7)),
        base.with("path", headless)
            .fails(
                "Cannot read "
                    + headless
                    + ": its header has column 7, which the schema lacks (did you mean x?)"),
        base.with("path", headless).with("header", false).gives(Readings.ids(7)),
        zoned.gives(anHourBefore),
        zoned.with("time_zone", "UTC").gives(midnight),
        zoned.without("null_text").gives(Readings.ids()).deadLetters("x is no double"),
        zoned
            .without("time_zone")
            .gives(Readings.ids())
            .deadLetters("at is not an ISO-8601 instant with zone, of microseconds at most"));
  }
}
