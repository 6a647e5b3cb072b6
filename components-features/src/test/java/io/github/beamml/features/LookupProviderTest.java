package io.github.beamml.features;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class LookupProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new LookupProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws IOException {
    RowBatch table = Fares.rows("{code: string, name: string, hub: string}", "a", "Alpha", "ATL");
    Lookup lookup = Lookup.in("names").onColumn("carrier", "code").take("name");
    ProviderCase base =
        ProviderCase.of(Map.of("lookup", lookup("name")))
            .input(Fares.of("a", 1.0, "b", 2.0))
            .input("table", table)
            .gives(
                Fares.rows(
                    "{carrier: string, x: double, name: string?}",
                    "a",
                    1.0,
                    "Alpha",
                    "b",
                    2.0,
                    null))
            .like(
                (pipeline, inputs) ->
                    inputs.get("input").apply(LookupRows.in(inputs.get("table"), lookup)));
    Path names = Files.writeString(folder.resolve("names.csv"), "code,name\nb,Beta\n");
    String chain =
        "{\"steps\": [{\"type\": \"read_csv\", \"config\": {\"path\": \""
            + names
            + "\", \"schema\": \"{code: string, name: string}\"}}]}";
    ProviderCase alone =
        ProviderCase.of(Map.of("lookup", lookup("name"))).input(Fares.of("a", 1.0, "b", 2.0));
    return List.of(
        base,
        base.with("lookup", lookup("hub"))
            .gives(
                Fares.rows(
                    "{carrier: string, x: double, hub: string?}", "a", 1.0, "ATL", "b", 2.0, null)),
        base.with("lookup", lookup("nmae"))
            .fails("Invalid lookup.take: nmae is not a column of names (did you mean name?)"),
        alone.fails("Invalid inputs: [input] (must be input and table)"),
        alone
            .with("table", chain)
            .gives(
                Fares.rows(
                    "{carrier: string, x: double, name: string?}",
                    "a",
                    1.0,
                    null,
                    "b",
                    2.0,
                    "Beta")));
  }

  private static String lookup(String take) {
    return "{\"table\": \"names\", \"on\": {\"carrier\": \"code\"}, \"take\": [\"" + take + "\"]}";
  }
}
