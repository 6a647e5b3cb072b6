package io.github.beamml.split;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.split.Split;
import java.util.List;

/** {@link SplitRows#mark} for every SDK. */
public final class SplitProvider extends FunctionProvider {
  private static final Parameter<String> SPLIT =
      Parameter.string(
              "split",
              "The split as JSON, such as {\"by_hash\": {\"validation\": 0.1, \"test\": 0.2}} or"
                  + " {\"by_time\": \"sched_dep\", \"test_from\": \"2013-11-01\"}.")
          .required();
  private static final Parameter<String> ZONE =
      Parameter.string("zone", "Time zone of dates in the split, by its IANA name.")
          .defaultTo("UTC");
  private static final Parameter<List<String>> ROW_KEY =
      Parameter.strings(
          "row_key", "Fields that make a row itself; a split by hash of the row needs them.");
  private static final Parameter<String> COLUMN =
      Parameter.string(
              "column", "Name of the new column that says train, validation, test or none.")
          .defaultTo("part");

  public SplitProvider() {
    super(
        Descriptor.of(
            "split",
            "Says of each row which part of a split it is in: training, validation or test.",
            SPLIT,
            ZONE,
            ROW_KEY,
            COLUMN));
  }

  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    Split split =
        Split.fromJson(
            CanonicalJson.parse("split", configuration.get(SPLIT)), configuration.get(ZONE));
    BatchFn mark = SplitRows.marking(split, configuration.get(COLUMN));
    List<String> keys = configuration.find(ROW_KEY).orElse(List.of());
    return keys.isEmpty() ? List.of(mark) : List.of(SplitRows.keying(keys), mark);
  }
}
