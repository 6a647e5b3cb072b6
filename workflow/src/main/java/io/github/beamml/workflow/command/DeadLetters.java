package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.run.RunRecords;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dead letters of a run: counts by reason, and the first ones in the order of their origin. */
final class DeadLetters {
  private static final int SHOWN_CHARACTERS = 100;

  private final String run;
  private final List<Letter> letters = new ArrayList<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final int limit;

  private record Letter(String origin, String reason, String message, byte[] record) {
    /** By source and partition, then by number: p/3@9 stands before p/3@10. */
    String order() {
      int at = origin.length();
      while (at > 0 && Character.isDigit(origin.charAt(at - 1))) {
        at--;
      }
      String number = origin.substring(at);
      return origin.substring(0, at) + "0".repeat(Math.max(0, 20 - number.length())) + number;
    }
  }

  private DeadLetters(String run, int limit) {
    this.run = run;
    this.limit = Math.max(0, limit);
  }

  /**
   * @throws CannotException if the run has not read its records yet
   */
  static DeadLetters of(String root, RunRecords records, String run, int limit) {
    ArtifactStore store = ArtifactStore.at(root);
    Digest seal =
        records
            .stage(run, ReaderDefinition.STAGE)
            .map(stage -> stage.artifact(StageRecord.LETTERS).seal())
            .or(() -> ofStoppedRun(Path.of(root, "manifests"), run))
            .orElseThrow(
                () ->
                    CannotException.to(
                        "show dead letters of run " + run, "it has not read its records yet"));
    DeadLetters found = new DeadLetters(run, limit);
    try {
      Dataset.of(store.openSealed(seal)).read(found::add);
    } catch (IOException e) {
      throw CannotException.to("show dead letters of run " + run, e.toString(), e);
    }
    found.letters.sort(Comparator.comparing(Letter::order));
    return found;
  }

  /** A run that its dead letters stopped has left them, but no record of the stage. */
  private static Optional<Digest> ofStoppedRun(Path manifests, String run) {
    try (Stream<Path> files = Files.list(manifests)) {
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Manifest manifest = Manifest.parse(file.toString(), bytes);
        if (manifest.provenance().path("run").asText().equals(run)
            && manifest.content().path("holds").asText().equals("dead letters")) {
          return Optional.of(Digest.of(bytes));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void add(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      String reason = String.valueOf(batch.value(row, "reason"));
      reasons.merge(reason, 1L, Long::sum);
      letters.add(
          new Letter(
              String.valueOf(batch.value(row, "origin")),
              reason,
              String.valueOf(batch.value(row, "error_message")),
              batch.value(row, "failed_row") instanceof byte[] bytes ? bytes : new byte[0]));
    }
  }

  ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object().put("run_id", run).put("dead_letters", letters.size());
    ObjectNode counts = json.putObject("reasons");
    byCount().forEach(reason -> counts.put(reason.getKey(), reason.getValue()));
    ArrayNode list = json.putArray("letters");
    letters.stream()
        .limit(limit)
        .forEach(
            letter ->
                list.addObject()
                    .put("origin", letter.origin())
                    .put("reason", letter.reason())
                    .put("message", letter.message())
                    .put("bytes", letter.record().length)
                    .put("record", text(letter.record())));
    return json;
  }

  void print(Screen screen) {
    screen.line(
        "Run "
            + screen.bold(run)
            + " has "
            + Figures.count(letters.size())
            + (letters.size() == 1 ? " dead letter" : " dead letters"));
    TextTable table = new TextTable();
    byCount().forEach(reason -> table.row(Figures.count(reason.getValue()), reason.getKey()));
    table.lines("  ").forEach(screen::line);
    if (letters.isEmpty() || limit == 0) {
      return;
    }
    screen.line("");
    for (Letter letter : letters.subList(0, Math.min(limit, letters.size()))) {
      screen.line(screen.bold(letter.origin()) + "  " + letter.reason() + ": " + letter.message());
      screen.line("    " + screen.faint(shown(letter.record())));
    }
    if (letters.size() > limit) {
      screen.line("... and " + Figures.count(letters.size() - (long) limit) + " more (--limit N)");
    }
  }

  private List<Map.Entry<String, Long>> byCount() {
    return reasons.entrySet().stream()
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
