package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.index;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.FusedProvider;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.csv.CsvFormat;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A chain of a reader, a lookup with a table of its own, fitted features, and a writer. */
class FusedProviderTest implements ProviderContract {
  private static final String SCHEMA = "{carrier: string, x: double}";

  @Override
  public ComponentProvider provider() {
    return new FusedProvider();
  }

  private static String step(String type, String config) {
    return "{\"type\": \"" + type + "\", \"config\": " + config + "}";
  }

  private static String steps(String... steps) {
    return "{\"steps\": [" + String.join(", ", steps) + "]}";
  }

  private static String read(Path file, String schema) {
    return step("read_csv", "{\"path\": \"" + file + "\", \"schema\": \"" + schema + "\"}");
  }

  private static String write(Path folder) {
    return step("write_csv", "{\"path\": \"" + folder + "/out\", \"header\": false}");
  }

  /** The rows, or the lines of the files that were written. */
  @Override
  public Object seen(ProviderRun run) throws Exception {
    Path out = run.folder().resolve("out");
    if (!Files.isDirectory(out)) {
      return ProviderContract.super.seen(run);
    }
    StringBuilder text = new StringBuilder(run.output("output").schema() + " ");
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Override
  public List<ProviderCase> cases(Path folder) throws Exception {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "carrier,x\na,1.0\nb,2.0\n");
    Path bad = Files.writeString(folder.resolve("bad.csv"), "carrier,x\na,1.0\nb,y\nc,3.0\n");
    Path names = Files.writeString(folder.resolve("names.csv"), "code,name\nb,Beta\n");
    FittedFeatures fitted =
        FeaturePlan.of(index("carrier").unknownIsError())
            .fit(SchemaText.parse("schema", SCHEMA), List.of(Fares.of("a", 0.0, "b", 0.0)));
    Path features = Files.write(folder.resolve("features.json"), fitted.toBytes());
    String apply = step("apply_features", "{\"features\": \"" + features + "\"}");
    String lookup =
        step(
            "lookup",
            "{\"lookup\": {\"table\": \"names\", \"on\": {\"carrier\": \"code\"}, \"take\":"
                + " [\"name\"]}, \"table\": "
                + steps(read(names, "{code: string, name: string}"))
                + "}");
    RowBatch indexed = Fares.indexed("a", 1.0, 0L, "b", 2.0, 1L);

    ProviderCase base =
        ProviderCase.of(Map.of("chain", steps(read(rows, SCHEMA), apply)))
            .gives(indexed)
            .like(
                (pipeline, inputs) ->
                    pipeline.apply(
                        Chain.from(
                                CsvFiles.source(
                                    rows.toString(),
                                    SchemaText.parse("schema", SCHEMA),
                                    CsvFormat.rfc4180()))
                            .then(fitted.fn())
                            .intoRows()));
    return List.of(
        base,
        base.with("chain", steps(read(rows, SCHEMA), lookup))
            .gives(
                Fares.rows(
                    "{carrier: string, x: double, name: string?}",
                    "a",
                    1.0,
                    null,
                    "b",
                    2.0,
                    "Beta")),
        base.with("chain", steps(read(rows, SCHEMA), lookup, apply, write(folder)))
            .gives("{file: string} a,1,,0\nb,2,Beta,1\n"),
        base.with("chain", steps(read(bad, SCHEMA), apply))
            .gives(Fares.indexed("a", 1.0, 0L))
            .deadLetters(
                "x is no double", "column carrier has a value that is not in its vocabulary"),
        base.with("chain", steps(read(bad, SCHEMA), apply, write(folder)))
            .gives("{file: string} a,1,0\n")
            .deadLetters(
                "x is no double", "column carrier has a value that is not in its vocabulary"),
        refused("[]", "Invalid chain: [] (must be an object with steps)"),
        refused("{\"step\": []}", "Invalid chain.step: unknown key (did you mean steps?)"),
        refused("{\"steps\": []}", "Invalid chain.steps: [] (must be a list of steps)"),
        refused("{}", "Invalid chain.steps: missing (must be a list of steps)"),
        refused(
            steps("{}"), "Invalid chain.steps[0].type: missing (must be the name of a component)"),
        refused(
            steps(step("read_cvs", "{}")),
            "Invalid chain.steps[0].type: read_cvs is not a component (did you mean read_csv?)"),
        refused(
            steps(read(rows, SCHEMA), step("lookup", "{\"tabel\": \"\"}")),
            "Invalid chain.steps[1].config.tabel: unknown key (did you mean table?)"),
        refused(
            steps(read(rows, SCHEMA), step("lookup", "{\"lookup\": {\"table\": \"names\"}}")),
            "Invalid chain.steps[1].config.table: missing (must be given where there is no second"
                + " input)"),
        refused(
            steps(apply),
            "Invalid chain.steps[0].type: apply_features (must be what reads: read_avro, read_csv,"
                + " read_json, read_kafka_window, read_parquet)"),
        refused(
            steps(read(rows, SCHEMA), read(rows, SCHEMA), apply),
            "Invalid chain.steps[1].type: read_csv (must be what computes: apply_features,"
                + " lookup)"),
        refused(
            steps(
                read(rows, SCHEMA),
                step("write_kafka", "{\"bootstrap_servers\": \"h:1\", \"topic\": \"t\"}")),
            "Invalid chain.steps[1].type: write_kafka (must be what computes: apply_features,"
                + " lookup, or what writes: write_avro, write_csv, write_json, write_parquet)"),
        refused(
            steps(read(rows, SCHEMA), write(folder), apply),
            "Invalid chain.steps[1].type: write_csv (must be the last step)"),
        refused(
            steps(read(rows, SCHEMA), step("write_json", "{\"path\": \"x\", \"shards\": 4}")),
            "Invalid chain.steps[1].config.shards: 4 (must be left out: in a chain each split of"
                + " what is read becomes a file)"),
        refused(
            steps(read(rows, SCHEMA), step("write_json", "{\"path\": 5}")),
            "Invalid chain.steps[1].config.path: 5 (must be a value of type string)"),
        refused(
            steps(
                read(rows, SCHEMA),
                step(
                    "apply_features",
                    "{\"features\": \"x\", \"error_handling\": {\"output\": \"bad\"}}")),
            "Invalid chain.steps[1].config.error_handling: all steps have one (give it beside the"
                + " chain)"),
        refused(
            steps(read(rows, "{carrier: sting}")),
            "Invalid chain.steps[0].config.schema.carrier: sting is not a type, which are boolean,"
                + " int64, double, string, bytes, timestamp, doubles, each with a ? where null is"
                + " allowed (did you mean string?)"),
        refused(
            steps(read(rows, "{carier: string, x: double}"), apply),
            "Invalid chain.steps[1].column: carrier is not a column of the input (did you mean"
                + " carier?)"));
  }

  private static ProviderCase refused(String chain, String message) {
    return ProviderCase.of(Map.of("chain", chain)).fails(message);
  }
}
