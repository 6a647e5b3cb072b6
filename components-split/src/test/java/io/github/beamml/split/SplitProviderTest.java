package io.github.beamml.split;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Split;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SplitProviderTest implements ProviderContract {
  private static final long HOUR = 3_600_000_000L;

  /** At midnight and at four, in UTC. */
  private static RowBatch rows() {
    return RowBatch.builder(SchemaText.parse("schema", "{id: int64, at: timestamp}"))
        .addRow(1L, 24 * HOUR)
        .addRow(2L, 28 * HOUR)
        .build();
  }

  private static RowBatch marked(String column, String... parts) {
    RowBatchBuilder builder =
        RowBatch.builder(
            SchemaText.parse("schema", "{id: int64, at: timestamp, " + column + ": string}"));
    return builder.addRow(1L, 24 * HOUR, parts[0]).addRow(2L, 28 * HOUR, parts[1]).build();
  }

  @Override
  public ComponentProvider provider() {
    return new SplitProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    String byTime = "{\"by_time\": \"at\", \"test_from\": \"1970-01-02\"}";
    ProviderCase base =
        ProviderCase.of(Map.of("split", byTime))
            .input(rows())
            .gives(marked("part", "test", "test"))
            .like(
                (pipeline, inputs) ->
                    inputs
                        .get("input")
                        .apply(SplitRows.mark(Split.byTime("at").testFrom("1970-01-02"), "part")));
    RowBatch keyed = RowKey.of(List.of("id")).attach(rows());
    ProviderCase byHash = base.with("split", "{\"by_hash\": {\"test\": 0.5}}");
    return List.of(
        base,
        base.with("split", "{\"by_time\": \"at\", \"test_from\": \"1970-01-03\"}")
            .gives(marked("part", "train", "train")),
        base.with("zone", "America/New_York").gives(marked("part", "train", "train")),
        base.with("column", "of").gives(marked("of", "test", "test")),
        byHash.fails(
            "Invalid dataset-split.by_hash: the rows have no keys (declare row_key where they are"
                + " read)"),
        byHash
            .with("row_key", List.of("id"))
            .gives(
                keyed.with(
                    Field.required("part", ValueType.STRING),
                    marked("part", "train", "test").column("part"))));
  }
}
