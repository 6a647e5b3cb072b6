package io.github.beamml.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.NameStore;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.stage.StageRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of runs, as names of a store.
 *
 * <pre>
 * runs/{run}/started              the workflow's name, version, digest and stages, and the profile
 * runs/{run}/page                 where the workflow's page was, for the commands that go on
 * runs/{run}/offsets              the closed window of a topic, before it is read
 * runs/{run}/letters/{stage}      the dead letters of the last attempt at a stage
 * runs/{run}/stages/{stage}       a {@link StageRecord}, when the stage has finished
 * runs/{run}/finished             what the whole run came to
 * </pre>
 */
public final class RunRecords {
  /** The key, in what started a run, of its stages in their order. */
  static final String STAGES = "stages";

  private static final String RUNS = "runs";
  private static final String PAGE = "page";

  private final NameStore names;

  private RunRecords(NameStore names) {
    this.names = names;
  }

  public static RunRecords in(NameStore names) {
    return new RunRecords(names);
  }

  /** The ids of all runs, oldest first. */
  public List<String> runs() {
    return names.list(RUNS);
  }

  public Optional<ObjectNode> started(String run) {
    return get(run, "started");
  }

  public void start(String run, ObjectNode description) {
    names.putIfAbsent(path(run, "started"), description);
  }

  /** Where the page of the workflow was when the run began. */
  public Optional<Path> page(String run) {
    return get(run, PAGE).map(json -> Path.of(json.path(PAGE).asText()));
  }

  void keepPage(String run, Path page) {
    names.putIfAbsent(path(run, PAGE), CanonicalJson.object().put(PAGE, page.toString()));
  }

  public Optional<ObjectNode> offsets(String run) {
    return get(run, "offsets");
  }

  /** Keeps the first offsets that are set; gives those that hold. */
  public ObjectNode keepOffsets(String run, ObjectNode offsets) {
    names.putIfAbsent(path(run, "offsets"), offsets);
    return offsets(run).orElse(offsets);
  }

  /** The seal of the dead letters of a stage. */
  public Optional<Digest> letters(String run, String stage) {
    return get(run, "letters/" + stage).map(json -> new Digest(json.path("seal").asText()));
  }

  /** Keeps the dead letters of the newest attempt, so that they are found even if it fails. */
  public void keepLetters(String run, String stage, Digest seal) {
    String name = path(run, "letters/" + stage);
    ObjectNode value = CanonicalJson.object().put("seal", seal.text());
    Optional<ObjectNode> before = names.get(name);
    if (before.isEmpty()) {
      names.putIfAbsent(name, value);
    } else {
      names.replace(name, before.get(), value);
    }
  }

  public Optional<StageRecord> stage(String run, String stage) {
    return get(run, "stages/" + stage).map(StageRecord::fromJson);
  }

  /** The finished stages of a run, in their order. */
  public List<StageRecord> finishedStages(String run) {
    List<StageRecord> finished = new ArrayList<>();
    for (JsonNode stage : started(run).orElseGet(CanonicalJson::object).path(STAGES)) {
      stage(run, stage.asText()).ifPresent(finished::add);
    }
    return finished;
  }

  /** Enters a finished stage; one that has been entered already stays. */
  public void finishStage(String run, StageRecord record) {
    names.putIfAbsent(path(run, "stages/" + record.stage()), record.toJson());
  }

  public Optional<ObjectNode> finished(String run) {
    return get(run, "finished");
  }

  public void finish(String run, ObjectNode result) {
    names.putIfAbsent(path(run, "finished"), result);
  }

  private Optional<ObjectNode> get(String run, String entry) {
    return names.get(path(run, entry));
  }

  private static String path(String run, String entry) {
    return RUNS + "/" + run + "/" + entry;
  }
}
