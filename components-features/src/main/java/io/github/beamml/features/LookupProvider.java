package io.github.beamml.features;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.FunctionProvider;
import io.github.beamml.core.component.FusedChain;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.row.BatchFn;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** {@link LookupRows} for every SDK: the table is the second input, or read by a chain. */
public final class LookupProvider extends FunctionProvider {
  private static final String TABLE_INPUT = "table";
  private static final Parameter<String> LOOKUP =
      Parameter.string(
              "lookup",
              "The lookup as JSON, such as {\"table\": \"weather\", \"on\": [\"origin\"], \"at\":"
                  + " \"sched_dep\", \"as_of\": \"time_hour\", \"take\": [\"temp\"]}; `table` is a"
                  + " name for messages.")
          .required();
  private static final Parameter<String> TABLE =
      Parameter.string(
          "table",
          "The chain that reads the table, as `fused` has it, such as {\"steps\": [{\"type\":"
              + " \"read_parquet\", \"config\": {\"path\": \"weather.parquet\"}}]}; left out, the"
              + " table is the input `table`.");

  public LookupProvider() {
    super(
        Descriptor.of(
            "lookup",
            "Adds columns of a small table to rows, by equal keys or as of a time.",
            LOOKUP,
            TABLE),
        TABLE_INPUT);
  }

  private static Lookup lookup(Configuration configuration) {
    return Lookup.fromJson(CanonicalJson.parse("lookup", configuration.get(LOOKUP)), "lookup");
  }

  /** The table is read when the pipeline is built, and travels with it. */
  @Override
  protected List<BatchFn> functions(Configuration configuration) {
    String table =
        configuration
            .find(TABLE)
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "table", "missing", "given where there is no second input"));
    Lookup lookup = lookup(configuration);
    return List.of(
        lookup.fn(LookupRows.table(lookup, FusedChain.parse("table", table).rows().readAll())));
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    if (configuration.find(TABLE).isPresent()) {
      return super.expand(input, configuration);
    }
    if (!input.has(INPUT) || !input.has(TABLE_INPUT)) {
      throw InvalidInputException.of("inputs", input.getAll().keySet(), "input and table");
    }
    return PCollectionRowTuple.of(
        OUTPUT,
        input
            .get(INPUT)
            .apply("Lookup", LookupRows.in(input.get(TABLE_INPUT), lookup(configuration))));
  }
}
