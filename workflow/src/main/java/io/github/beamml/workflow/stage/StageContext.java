package io.github.beamml.workflow.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.run.RunRecords;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/**
 * What a stage works with: the run, the definition, the store, and what the stages before left
 * there.
 *
 * @param progress takes lines about long work
 */
public record StageContext(
    String run,
    Workflow workflow,
    Profile profile,
    ArtifactStore store,
    RunRecords records,
    Connections connections,
    Consumer<String> progress) {

  /** A pipeline on the profile's runner. */
  public Pipeline pipeline() {
    return Pipeline.create(profile.runner().toPipelineOptions());
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws CannotException with the first cause that is one of ours, or what the runner said
   */
  public void run(Pipeline pipeline) {
    PipelineResult.State state;
    try {
      state = pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw OurCause.of(e);
    }
    if (state != PipelineResult.State.DONE) {
      throw CannotException.to("finish the pipeline", "it ended as " + state);
    }
  }

  /**
   * An artifact that a stage before left under this run.
   *
   * @throws CannotException if that stage has not finished
   */
  public StoredArtifact artifact(String stage, String role) {
    StageRecord record =
        records
            .stage(run, stage)
            .orElseThrow(
                () ->
                    CannotException.to(
                        "start a stage of run " + run, stage + " has not finished in this run"));
    return store.openSealed(record.artifact(role).seal());
  }

  /** A dataset that a stage before left under this run. */
  public Dataset dataset(String stage) {
    return Dataset.of(artifact(stage, StageRecord.MAIN));
  }

  /** The rows that a stage of ours reads: those of the stage before it, or of a program. */
  public Dataset input(String stage) {
    return dataset(Objects.requireNonNull(workflow.inputs().get(stage), stage));
  }

  /** The provenance that every artifact of this run has. */
  public ObjectNode provenance() {
    return CanonicalJson.object()
        .put("workflow", workflow.name())
        .put("workflow_version", workflow.version())
        .put("workflow_digest", workflow.digest().text())
        .put("profile", profile.name())
        .put("runner", profile.runner().name())
        .put("java", System.getProperty("java.version", ""))
        .put("beamml", Versions.library())
        .put("beam", Versions.beam())
        .put("created", Clock.systemUTC().instant().toString());
  }

  /** The digest of an artifact that a stage before left. */
  public Digest digest(String stage, String role) {
    return artifact(stage, role).digest();
  }
}
