package io.github.beamml.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.GateResult;
import io.github.beamml.engine.evaluation.Verdict;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes an evaluation of the {@code evaluation.json} that a program leaves: numbers by name, and a
 * verdict of its gates on them, which the testing stage heeds.
 */
final class EvaluationOutput {
  private static final String FILE = "evaluation.json";
  private static final int SHOWN = 4;

  private EvaluationOutput() {}

  static StageRecord take(StageContext context, ProgramDefinition program, ProgramFolder folder) {
    JsonNode left = CanonicalJson.parse(FILE, folder.left(program, FILE));
    SortedMap<String, Double> figures = new TreeMap<>();
    flatten(program, "", left, figures);
    Verdict verdict = judge(program, figures);
    ObjectNode content = CanonicalJson.object().put("program", program.name());
    ObjectNode all = content.putObject("figures");
    figures.forEach((name, value) -> all.put(name, CanonicalJson.float64(value)));
    ObjectNode provenance = RowsOutput.provenance(context, program);
    StoredArtifact evaluation =
        context
            .store()
            .draft(context.run(), program.name())
            .write(FILE, CanonicalJson.bytes(all))
            .publish(ArtifactKind.EVALUATION, content, provenance);
    StoredArtifact judged =
        context
            .store()
            .draft(context.run(), program.name())
            .write(StageRecord.VERDICT_FILE, CanonicalJson.bytes(verdict.toJson()))
            .publish(
                ArtifactKind.VERDICT,
                CanonicalJson.object()
                    .put("evaluation", evaluation.digest().text())
                    .set("verdict", verdict.toJson()),
                provenance);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("figures", (long) figures.size());
    counts.put("passed", verdict.passed() ? 1L : 0L);
    return new StageRecord(
        program.name(),
        Map.of(
            StageRecord.MAIN,
            StageRecord.Left.of(evaluation),
            StageRecord.VERDICT,
            StageRecord.Left.of(judged)),
        folder.rowsIn(),
        folder.rowsIn(),
        counts,
        shown(figures) + (program.gates().isEmpty() ? "" : ", gate " + verdict.word()),
        0);
  }

  /** Numbers of nested objects get names with dots, such as {@code psi.temp}. */
  private static void flatten(
      ProgramDefinition program, String name, JsonNode node, SortedMap<String, Double> figures) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              entry ->
                  flatten(
                      program,
                      name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                      entry.getValue(),
                      figures));
    } else if (node.isNumber()) {
      figures.put(name, node.doubleValue());
    } else {
      throw CannotException.to(
          "continue " + program.name(),
          FILE
              + " has "
              + (name.isEmpty() ? node : name + ": " + node)
              + " (must be numbers by name)");
    }
  }

  private static Verdict judge(ProgramDefinition program, SortedMap<String, Double> figures) {
    RowBatch row = row(figures);
    List<GateResult> results = new ArrayList<>();
    for (Expression gate : program.gates()) {
      gate.check(row.schema(), ValueType.BOOLEAN);
      Column value = gate.compile(row.schema()).evaluate(row, RowErrors.fail());
      boolean passed = Boolean.TRUE.equals(value.value(0));
      String reason =
          program.name()
              + ": "
              + gate.text()
              + " ("
              + gate.columns().stream()
                  .map(name -> name + " " + figure(figures, name))
                  .collect(Collectors.joining(", "))
              + "): "
              + (passed ? "passed" : "refused");
      results.add(new GateResult(gate.text(), passed, reason, program.name()));
    }
    return new Verdict(results, Optional.empty());
  }

  /** The figures as columns of one row. */
  private static RowBatch row(SortedMap<String, Double> figures) {
    RowBatchBuilder builder =
        RowBatch.builder(
            RowSchema.of(
                figures.keySet().stream()
                    .map(name -> Field.required(name, ValueType.DOUBLE))
                    .toList()));
    return builder.addRow(figures.values().toArray()).build();
  }

  private static String figure(SortedMap<String, Double> figures, String name) {
    return Figures.decimal(Objects.requireNonNull(figures.get(name)), SHOWN);
  }

  private static String shown(SortedMap<String, Double> figures) {
    return figures.entrySet().stream()
        .limit(SHOWN)
        .map(entry -> entry.getKey() + " " + Figures.decimal(entry.getValue(), SHOWN))
        .collect(Collectors.joining(", "));
  }
}
