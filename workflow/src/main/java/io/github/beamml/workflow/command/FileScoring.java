package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds a model's scores to the rows of a file. */
final class FileScoring {
  private final FoundModel model;
  private final String input;
  private final Map<String, String> csv;
  private final Screen screen;
  private long rows;
  private long flagged;

  /** Takes scored rows. */
  private interface Sink {
    void write(RowBatch batch) throws IOException;
  }

  FileScoring(FoundModel model, String input, Map<String, String> csv, Screen screen) {
    this.model = model;
    this.input = input;
    this.csv = csv;
    this.screen = screen;
  }

  /**
   * @param output a file, or null for standard output
   */
  void into(@Nullable Path output) throws IOException {
    ScoreInput source =
        ScoreInput.open(input, csv, model.scorer().model().preparation().inputSchema());
    if (output != null) {
      intoFile(source, output);
      summary(output);
    } else if (screen.wantsJson()) {
      intoJson(source);
    } else {
      try (ScoreOutput out = ScoreOutput.toScreen(screen.out(), input, outputSchema(source))) {
        score(source, out::write);
      }
    }
  }

  private static RowSchema outputSchema(ScoreInput source) {
    return source
        .schema()
        .with(Model.OUTPUT.fields().toArray(io.github.beamml.engine.row.Field[]::new));
  }

  /** A file appears whole or not at all. */
  private void intoFile(ScoreInput source, Path output) throws IOException {
    Path folder = Objects.requireNonNull(output.toAbsolutePath().getParent());
    Path temporary = folder.resolve("." + output.getFileName() + ".part");
    try {
      try (ScoreOutput out =
          ScoreOutput.toFile(temporary, output.toString(), outputSchema(source))) {
        score(source, out::write);
      }
      Files.move(temporary, output, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CannotException.to("write " + output, e.toString(), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void score(ScoreInput source, Sink sink) throws IOException {
    Scorer scorer = model.scorer();
    RowSchema read = scorer.model().preparation().inputSchema();
    source.read(
        batch -> {
          RowBatch scored =
              scorer.score(
                  batch.select(read.names()),
                  (at, row, message) -> {
                    throw CannotException.to(
                        "score row " + (rows + row + 1) + " of " + input, message);
                  });
          RowBatch result = batch;
          for (var field : Model.OUTPUT.fields()) {
            result = result.with(field, scored.column(field.name()));
          }
          sink.write(result);
          rows += batch.size();
          for (int row = 0; row < scored.size(); row++) {
            flagged += Scorer.scoreOf(scored, row).flagged() ? 1 : 0;
          }
        });
  }

  private void intoJson(ScoreInput source) throws IOException {
    ArrayNode scores = CanonicalJson.array();
    score(
        source,
        batch -> {
          for (int row = 0; row < batch.size(); row++) {
            Scorer.Score score = Scorer.scoreOf(batch, row);
            scores
                .addObject()
                .put("margin", score.margin())
                .put("probability", score.probability())
                .put("flagged", score.flagged());
          }
        });
    ObjectNode json = json();
    json.set("scores", scores);
    screen.json(json);
  }

  private ObjectNode json() {
    return CanonicalJson.object()
        .put("model", model.label())
        .put("model_digest", model.digest())
        .put("input", input)
        .put("rows", rows)
        .put("flagged", flagged);
  }

  private void summary(Path output) {
    if (screen.wantsJson()) {
      screen.json(json().put("output", output.toString()));
    } else {
      screen.line(
          Figures.count(rows)
              + (rows == 1 ? " row" : " rows")
              + " scored with "
              + model.label()
              + ", "
              + Figures.count(flagged)
              + " flagged: "
              + output);
    }
  }
}
