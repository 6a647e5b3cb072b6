package io.github.beamml.workflow.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.registry.ModelVersion;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Verdict;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ProgramDefinition;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.program.ProgramStage;
import io.github.beamml.workflow.serving.ServingCheck;
import io.github.beamml.workflow.stage.ProfileConnections;
import io.github.beamml.workflow.stage.Stage;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import io.github.beamml.workflow.stage.Stages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a workflow stage by stage. A run that a killed or failed process left unfinished, with at
 * least its first stage finished, is gone on with from its last finished stage, if its workflow and
 * profile are the same.
 */
public final class WorkflowRunner {
  private static final String DIGEST = "digest";

  private final Workflow workflow;
  private final Profile profile;
  private final ArtifactStore store;
  private final RunRecords records;
  private final RunListener listener;

  public WorkflowRunner(Workflow workflow, Profile profile, RunListener listener) {
    this.workflow = workflow;
    this.profile = profile;
    this.store = ArtifactStore.at(profile.store());
    this.records = RunRecords.in(store.names());
    this.listener = listener;
  }

  /**
   * Runs all stages, the serving check and the report.
   *
   * @throws CannotException or {@link io.github.beamml.engine.InvalidInputException} with one line
   *     of what went wrong; what had finished is kept
   */
  public RunResult run() {
    long start = System.nanoTime();
    try (Taken taken = take();
        ProfileConnections connections =
            new ProfileConnections(workflow, profile, line -> listener.progress("broker", line))) {
      listener.started(taken.run(), taken.resumed());
      Map<String, StageRecord> finished = new LinkedHashMap<>();
      for (String name : workflow.order()) {
        finished.put(name, runStage(taken.run(), stage(name), connections));
      }
      RunResult result = finish(taken.run(), finished, connections, start);
      listener.servingChecked(result.serving());
      return result;
    }
  }

  /**
   * Runs one stage of a run that has been started, or starts one with the first stage. After the
   * last one comes what ends every run: the serving check, promotion and the report.
   *
   * @throws CannotException if a stage before it has not finished, another process works on the
   *     run, or the run began with another workflow
   * @throws InvalidInputException if the workflow has no such stage
   */
  public StageRecord runStage(String run, String stageName) {
    Stage stage = stage(stageName);
    RunLock lock =
        RunLock.tryTake(Path.of(profile.store()), run)
            .orElseThrow(
                () ->
                    CannotException.to(
                        "start " + stageName, "another process is at work on run " + run));
    long start = System.nanoTime();
    try (lock;
        ProfileConnections connections =
            new ProfileConnections(workflow, profile, line -> listener.progress(stageName, line))) {
      listener.started(run, records.started(run).isPresent());
      records.start(run, description());
      records.keepPage(run, workflow.file());
      checkSameWorkflow(run, stageName);
      StageRecord record = runStage(run, stage, connections);
      List<StageRecord> finished = records.finishedStages(run);
      if (finished.size() == workflow.order().size() && records.finished(run).isEmpty()) {
        Map<String, StageRecord> byName = new LinkedHashMap<>();
        finished.forEach(it -> byName.put(it.stage(), it));
        listener.servingChecked(finish(run, byName, connections, start).serving());
      }
      return record;
    }
  }

  private void checkSameWorkflow(String run, String stage) {
    String began = records.started(run).orElseThrow().path(DIGEST).asText();
    if (!began.equals(workflow.digest().text())) {
      throw CannotException.to(
          "start " + stage,
          "run " + run + " began with another content of the workflow (begin a new run)");
    }
  }

  private Stage stage(String name) {
    workflow.checkStage(name);
    ProgramDefinition program = workflow.programs().get(name);
    return program == null ? Stages.named(name) : new ProgramStage(program);
  }

  private StageRecord runStage(String run, Stage stage, ProfileConnections connections) {
    Optional<StageRecord> earlier = records.stage(run, stage.name());
    if (earlier.isPresent()) {
      listener.stageFinished(earlier.get(), true);
      return earlier.get();
    }
    listener.stageStarted(stage.name());
    long start = System.nanoTime();
    StageRecord record = stage.run(context(run, stage.name(), connections));
    StageRecord timed = record.withMillis((System.nanoTime() - start) / 1_000_000);
    records.finishStage(run, timed);
    listener.stageFinished(timed, false);
    return timed;
  }

  private StageContext context(String run, String stage, ProfileConnections connections) {
    return new StageContext(
        run,
        workflow,
        profile,
        store,
        records,
        connections,
        line -> listener.progress(stage, line));
  }

  private RunResult finish(
      String run, Map<String, StageRecord> finished, ProfileConnections connections, long start) {
    StageContext context = context(run, ServingCheck.NAME, connections);
    listener.stageStarted(ServingCheck.NAME);
    ServingCheck.Result serving = ServingCheck.run(context);
    StageRecord testing = finished.get(TestingDefinition.STAGE);
    if (testing == null) {
      throw new IllegalStateException("the testing stage was not run");
    }
    Evaluation evaluation = evaluation(context);
    Verdict verdict = verdict(context);
    Optional<ModelVersion> version = version(testing);
    RunResult result =
        new RunResult(
            run,
            finished,
            evaluation,
            verdict,
            serving,
            Dataset.of(context.artifact(ReaderDefinition.STAGE, StageRecord.MAIN)).fingerprint(),
            version.map(v -> v.model() + " " + v.label()).orElse(""),
            version.filter(v -> v.blessed() && serving.isEqual()).map(this::promote).orElse(""),
            reportPath(run),
            (System.nanoTime() - start) / 1_000_000);
    RunReport.write(workflow, result, context);
    records.finish(run, result.toJson().put("workflow", workflow.name()));
    serving.check();
    return result;
  }

  /** Serves a version in the environment that the workflow names; gives the environment. */
  private String promote(ModelVersion version) {
    String environment = workflow.testing().registration().orElseThrow().environment();
    ModelRegistry.in(store.names()).promote(version, environment);
    return environment;
  }

  private Optional<ModelVersion> version(StageRecord testing) {
    long number = testing.count("version");
    return workflow
        .testing()
        .registration()
        .filter(to -> number > 0)
        .flatMap(to -> ModelRegistry.in(store.names()).version(to.model(), number));
  }

  private static Evaluation evaluation(StageContext context) {
    StoredArtifact artifact = context.artifact(TestingDefinition.STAGE, StageRecord.MAIN);
    return Evaluation.fromJson(
        "evaluation", CanonicalJson.parse("evaluation", artifact.read("evaluation.json")));
  }

  private static Verdict verdict(StageContext context) {
    StoredArtifact artifact = context.artifact(TestingDefinition.STAGE, StageRecord.VERDICT);
    return Verdict.fromJson(
        "verdict", CanonicalJson.parse("verdict", artifact.read(StageRecord.VERDICT_FILE)));
  }

  private Path reportPath(String run) {
    return Path.of(profile.store(), "runs", run, "report.html");
  }

  private ObjectNode description() {
    ObjectNode description =
        CanonicalJson.object()
            .put("workflow", workflow.name())
            .put("version", workflow.version())
            .put(DIGEST, workflow.digest().text())
            .put("profile", profile.name())
            .put("parallelism", profile.runner().parallelism());
    ArrayNode stages = description.putArray(RunRecords.STAGES);
    workflow.order().forEach(stages::add);
    return description;
  }

  /** A run that this process has taken. */
  private record Taken(String run, boolean resumed, RunLock lock) implements AutoCloseable {
    @Override
    public void close() {
      lock.close();
    }
  }

  private Taken take() {
    Path folder = Path.of(profile.store());
    List<String> known = records.runs();
    for (int i = known.size() - 1; i >= 0; i--) {
      String run = known.get(i);
      boolean same = records.started(run).filter(description()::equals).isPresent();
      boolean begun = records.stage(run, workflow.order().get(0)).isPresent();
      if (same && begun && records.finished(run).isEmpty()) {
        Optional<RunLock> lock = RunLock.tryTake(folder, run);
        if (lock.isPresent()) {
          return new Taken(run, true, lock.get());
        }
      }
    }
    String run = RunId.create();
    RunLock lock =
        RunLock.tryTake(folder, run)
            .orElseThrow(() -> CannotException.to("start run " + run, "its lock is taken"));
    records.start(run, description());
    records.keepPage(run, workflow.file());
    return new Taken(run, false, lock);
  }
}
