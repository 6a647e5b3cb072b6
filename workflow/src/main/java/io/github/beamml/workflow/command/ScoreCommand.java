package io.github.beamml.workflow.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "score",
    description = "Score the raw rows of a file with a model, without a pipeline.",
    footer = {
      "",
      "The file has the columns that the model was fitted to; more columns pass through. Formats"
          + " by",
      "extension: .csv, .jsonl (one object a line), .parquet. The first row that does not fit ends",
      "it, and no output is left.",
      "",
      "Examples:",
      "  beamml score flight-delays@staging --input new.csv",
      "  beamml score churn@staging --input new.csv --csv 'separator=;' --csv null_text=NA",
      "  beamml score flight-delays@v1 --input new.parquet --output scores.jsonl",
      "  beamml score models/flight-delays --input new.jsonl"
    })
final class ScoreCommand extends BeamMlCommand {
  @Parameters(
      paramLabel = "MODEL",
      description = "name@environment, name@v2, name (the newest), sha256:... or a model's folder.")
  private String model = "";

  @Option(names = "--input", paramLabel = "FILE", required = true, description = "What to score.")
  private String input = "";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the rows with their scores go (default: standard output).")
  private @Nullable Path output;

  @Option(
      names = "--csv",
      paramLabel = "KEY=VALUE",
      description =
          "How a CSV file is written: separator=; null_text=NA time_zone=Europe/Paris, one option"
              + " each.")
  private Map<String, String> csv = new LinkedHashMap<>();

  @Mixin private final StoreOptions store = new StoreOptions();

  @Override
  int execute(Screen screen) throws Exception {
    FoundModel found = FoundModel.find(store, model);
    new FileScoring(found, input, csv, screen).into(output);
    return ExitCode.PASSED;
  }
}
