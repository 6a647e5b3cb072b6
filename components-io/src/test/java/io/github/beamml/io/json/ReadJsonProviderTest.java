package io.github.beamml.io.json;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ReadJsonProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new ReadJsonProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    Path good =
        Files.writeString(
            folder.resolve("good.jsonl"),
            "{\"id\": 1, \"at\": \"1970-01-01T00:00:05.000001Z\", \"x\": 0.5}\n{\"id\": 2}\n");
    Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"id\": 7}\n{\"id\": \"\"}\n");

    ProviderCase base =
        ProviderCase.of(Map.of("path", good.toString(), "schema", Readings.SCHEMA_TEXT))
            .gives(Readings.two())
            .like(
                (pipeline, inputs) ->
                    pipeline.apply(JsonLines.read(good.toString(), Readings.SCHEMA)));
    return List.of(
        base,
        base.with("path", bad.toString())
            .gives(Readings.ids(7))
            .deadLetters("id is text, not int64"),
        base.with("schema", "{id: in64}")
            .fails(
                "Invalid schema.id: in64 is not a type, which are boolean, int64, double, string,"
                    + " bytes, timestamp, doubles, each with a ? where null is allowed (did you"
                    + " mean int64?)"),
        base.with("path", folder + "/none")
            .fails("Cannot read " + folder + "/none: there is no such file"));
  }
}
