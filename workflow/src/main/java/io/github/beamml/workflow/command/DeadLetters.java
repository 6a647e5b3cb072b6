package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.run.RunRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The dead letters of a run, stage by stage: counts by reason, and the first ones in the order of
 * their origin.
 */
final class DeadLetters {
  private static final int SHOWN_CHARACTERS = 100;

  private final String run;
  private final int limit;
  private final Map<String, List<BadRecord>> stages = new LinkedHashMap<>();

  private DeadLetters(String run, int limit) {
    this.run = run;
    this.limit = Math.max(0, limit);
  }

  /**
   * @param limit how many of each stage are shown
   * @throws CannotException if the run has not read its records yet
   */
  static DeadLetters of(String root, RunRecords records, String run, int limit) {
    ArtifactStore store = ArtifactStore.at(root);
    DeadLetters found = new DeadLetters(run, limit);
    for (String stage : Workflow.STAGES) {
      records
          .letters(run, stage)
          .ifPresent(seal -> found.add(stage, Dataset.of(store.openSealed(seal))));
    }
    if (found.stages.isEmpty()) {
      throw CannotException.to(
          "show dead letters of run " + run, "it has not read its records yet");
    }
    return found;
  }

  private void add(String stage, Dataset dataset) {
    List<BadRecord> letters = new ArrayList<>();
    try {
      dataset.read(batch -> addTo(letters, batch));
    } catch (IOException e) {
      throw CannotException.to("show dead letters of run " + run, e.toString(), e);
    }
    letters.sort(Comparator.comparing(DeadLetters::order));
    stages.put(stage, letters);
  }

  private static void addTo(List<BadRecord> letters, RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      letters.add(
          new BadRecord(
              batch.value(row, "failed_row") instanceof byte[] bytes ? bytes : new byte[0],
              String.valueOf(batch.value(row, "reason")),
              String.valueOf(batch.value(row, "error_message")),
              String.valueOf(batch.value(row, "component")),
              String.valueOf(batch.value(row, "origin"))));
    }
  }

  /** By source and partition, then by number: p/3@9 stands before p/3@10. */
  private static String order(BadRecord letter) {
    String origin = letter.origin();
    int at = origin.length();
    while (at > 0 && Character.isDigit(origin.charAt(at - 1))) {
      at--;
    }
    String number = origin.substring(at);
    return origin.substring(0, at) + "0".repeat(Math.max(0, 20 - number.length())) + number;
  }

  private List<BadRecord> all() {
    return stages.values().stream().flatMap(List::stream).toList();
  }

  ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object().put("run_id", run).put("dead_letters", all().size());
    ObjectNode reasons = json.putObject("reasons");
    counts(all(), BadRecord::reason)
        .forEach(reason -> reasons.put(reason.getKey(), reason.getValue()));
    ObjectNode byStage = json.putObject("stages");
    stages.forEach((stage, letters) -> byStage.put(stage, letters.size()));
    ArrayNode list = json.putArray("letters");
    stages.forEach(
        (stage, letters) ->
            letters.stream()
                .limit(limit)
                .forEach(
                    letter ->
                        list.addObject()
                            .put("stage", stage)
                            .put("origin", letter.origin())
                            .put("reason", letter.reason())
                            .put("message", letter.message())
                            .put("bytes", letter.record().length)
                            .put("record", text(letter.record()))));
    return json;
  }

  void print(Screen screen) {
    screen.line("Run " + screen.bold(run) + " has " + number(all().size()));
    stages.forEach(
        (stage, letters) -> {
          if (!letters.isEmpty()) {
            print(screen, stage, letters);
          }
        });
  }

  private static String number(int letters) {
    return Figures.count(letters) + (letters == 1 ? " dead letter" : " dead letters");
  }

  private void print(Screen screen, String stage, List<BadRecord> letters) {
    screen.line("");
    screen.line(screen.bold(stage) + ": " + number(letters.size()));
    TextTable table = new TextTable();
    counts(letters, BadRecord::kind)
        .forEach(kind -> table.row(Figures.count(kind.getValue()), kind.getKey()));
    table.lines("  ").forEach(screen::line);
    for (BadRecord letter : letters.subList(0, Math.min(limit, letters.size()))) {
      screen.line(screen.bold(letter.origin()) + "  " + letter.reason() + ": " + letter.message());
      screen.line("    " + screen.faint(shown(letter.record())));
    }
    if (limit > 0 && letters.size() > limit) {
      screen.line("... and " + Figures.count(letters.size() - (long) limit) + " more (--limit N)");
    }
  }

  /** The most frequent first, equal counts by their text. */
  private static List<Map.Entry<String, Long>> counts(
      List<BadRecord> letters, Function<BadRecord, String> by) {
    Map<String, Long> counts = new TreeMap<>();
    letters.forEach(letter -> counts.merge(by.apply(letter), 1L, Long::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .toList();
  }

  private static String shown(byte[] record) {
    if (record.length == 0) {
      return "(no bytes)";
    }
    String text = text(record).replaceAll("\\p{Cntrl}", "\u00b7");
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "… (" + Figures.count(record.length) + " bytes)";
  }

  /** The text of UTF-8, the digits of other bytes. */
  private static String text(byte[] record) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException e) {
      return "hex " + Hex.of(record);
    }
  }
}
