package io.github.beamml.features;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.lookup.Lookup;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** {@link LookupRows} for every SDK: the table is the second input. */
public final class LookupProvider extends ComponentProvider {
  private static final String TABLE = "table";
  private static final Parameter<String> LOOKUP =
      Parameter.string(
              "lookup",
              "The lookup as JSON, such as {\"table\": \"weather\", \"on\": [\"origin\"], \"at\":"
                  + " \"sched_dep\", \"as_of\": \"time_hour\", \"take\": [\"temp\"]}; `table` is a"
                  + " name for messages.")
          .required();

  public LookupProvider() {
    super(
        Descriptor.of(
            "lookup",
            "Adds columns of a small table to rows, by equal keys or as of a time.",
            LOOKUP),
        INPUT,
        TABLE);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    if (!input.has(INPUT) || !input.has(TABLE)) {
      throw InvalidInputException.of("inputs", input.getAll().keySet(), "input and table");
    }
    Lookup lookup =
        Lookup.fromJson(CanonicalJson.parse("lookup", configuration.get(LOOKUP)), "lookup");
    return PCollectionRowTuple.of(
        OUTPUT, input.get(INPUT).apply("Lookup", LookupRows.in(input.get(TABLE), lookup)));
  }
}
