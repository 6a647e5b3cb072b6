package io.github.beamml.features;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class LookupProviderTest implements ProviderContract {
  @Override
  public ComponentProvider provider() {
    return new LookupProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
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
    return List.of(
        base,
        base.with("lookup", lookup("hub"))
            .gives(
                Fares.rows(
                    "{carrier: string, x: double, hub: string?}", "a", 1.0, "ATL", "b", 2.0, null)),
        base.with("lookup", lookup("nmae"))
            .fails("Invalid lookup.take: nmae is not a column of names (did you mean name?)"));
  }

  private static String lookup(String take) {
    return "{\"table\": \"names\", \"on\": {\"carrier\": \"code\"}, \"take\": [\"" + take + "\"]}";
  }
}
