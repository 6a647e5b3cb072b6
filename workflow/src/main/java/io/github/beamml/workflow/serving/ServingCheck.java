package io.github.beamml.workflow.serving;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.GatherSink;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.Collect;
import io.github.beamml.core.store.Draft;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.Part;
import io.github.beamml.serving.ScoreFn;
import io.github.beamml.workflow.definition.TrainingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.stage.StageContext;
import io.github.beamml.workflow.stage.StageRecord;
import io.github.beamml.workflow.stage.TestRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;

/**
 * Scores the raw test rows three ways and compares the bits: in a batch pipeline, in a stream
 * through Kafka, and one by one without Beam.
 */
public final class ServingCheck {
  /** What progress and tables call it. */
  public static final String NAME = "serving check";

  private static final String COLLECTED = "scores";

  private ServingCheck() {}

  /**
   * What was scored.
   *
   * @param testRows how many the model was tested on
   * @param batch scored in a batch pipeline
   * @param stream scored in a stream
   * @param single scored one by one
   * @param differing rows whose bits are not the same three times
   */
  public record Result(
      long testRows, long batch, long stream, long single, long differing, long millis) {
    /** Whether every row was scored three times with the same bits. */
    public boolean isEqual() {
      return batch == testRows && stream == testRows && single == testRows && differing == 0;
    }

    /**
     * @throws CannotException if a row was not scored or scored differently
     */
    public void check() {
      if (!isEqual()) {
        throw CannotException.to(
            "trust the scores of this model",
            summary() + " (must all be " + Figures.count(testRows) + ", with 0 differing)");
      }
    }

    /** One line for people. */
    public String summary() {
      return "batch "
          + Figures.count(batch)
          + ", stream "
          + Figures.count(stream)
          + ", single row "
          + Figures.count(single)
          + ", differing "
          + Figures.count(differing);
    }
  }

  public static Result run(StageContext context) {
    long start = System.nanoTime();
    StoredArtifact artifact = context.artifact(TrainingDefinition.STAGE, StageRecord.MAIN);
    ArtifactReference model = ArtifactReference.to(context.store(), artifact);
    Chain rows = TestRows.chain(context);

    context.progress().accept("scoring in batch");
    Map<String, ScoreBits> batch = inBatch(context, rows, model);
    context.progress().accept("scoring one by one");
    RowBatch gathered = rows.readAll();
    Map<String, ScoreBits> single = oneByOne(gathered, Scorer.of(Model.read(artifact)));
    context.progress().accept("scoring in a stream");
    Map<String, ScoreBits> stream = new HashMap<>();
    StreamScoring.score(
            context.profile().runner().toStreamOptions(),
            context.connections().scratchBroker(),
            "serving-check-" + context.run() + "-" + System.nanoTime(),
            gathered,
            model)
        .forEach((key, score) -> stream.put(key, ScoreBits.of(score)));

    return new Result(
        context.dataset(Workflow.SPLIT_STAGE).rows(Part.TEST.label()),
        batch.size(),
        stream.size(),
        single.size(),
        differing(batch, stream, single),
        (System.nanoTime() - start) / 1_000_000);
  }

  private static long differing(
      Map<String, ScoreBits> batch, Map<String, ScoreBits> stream, Map<String, ScoreBits> single) {
    Set<String> keys = new HashSet<>(batch.keySet());
    keys.addAll(stream.keySet());
    keys.addAll(single.keySet());
    return keys.stream()
        .filter(
            key -> {
              @Nullable ScoreBits expected = single.get(key);
              return expected == null
                  || !expected.equals(batch.get(key))
                  || !expected.equals(stream.get(key));
            })
        .count();
  }

  private static Map<String, ScoreBits> inBatch(
      StageContext context, Chain rows, ArtifactReference model) {
    Draft scratch = context.store().draft(context.run(), "serving-check");
    Chain scored = rows.then(ScoreFn.of(model));
    Pipeline pipeline = context.pipeline();
    pipeline
        .apply("Score", scored.into(GatherSink.of(scored.schema())))
        .output()
        .apply("Lines", ParDo.of(new ScoreLinesFn()))
        .apply("Collect", Collect.into(scratch.folder(), COLLECTED));
    context.run(pipeline);
    Map<String, ScoreBits> scores = new HashMap<>();
    for (String line : Collect.read(scratch.folder(), COLLECTED)) {
      scores.put(line.substring(0, 64), ScoreBits.parse(line.substring(65)));
    }
    return scores;
  }

  private static Map<String, ScoreBits> oneByOne(RowBatch rows, Scorer scorer) {
    Map<String, ScoreBits> scores = new HashMap<>();
    RowSchema schema = scorer.model().preparation().inputSchema();
    int key = rows.schema().position(Field.ROW_KEY.name());
    for (int row = 0; row < rows.size(); row++) {
      Map<String, @Nullable Object> values = new HashMap<>();
      for (String name : schema.names()) {
        values.put(name, rows.value(row, name));
      }
      scores.put(Hex.of(rows.bytes(key).get(row)), ScoreBits.of(scorer.score(values)));
    }
    return scores;
  }

  private static final class ScoreLinesFn extends DoFn<RowBatch, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RowBatch scored, OutputReceiver<String> output) {
      int key = scored.schema().position(Field.ROW_KEY.name());
      for (int row = 0; row < scored.size(); row++) {
        output.output(
            Hex.of(scored.bytes(key).get(row))
                + " "
                + ScoreBits.of(Scorer.scoreOf(scored, row)).toText());
      }
    }
  }
}
