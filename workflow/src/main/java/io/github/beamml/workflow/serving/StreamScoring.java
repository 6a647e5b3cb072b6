package io.github.beamml.workflow.serving;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.kafka.KafkaConnection;
import io.github.beamml.io.kafka.KafkaStream;
import io.github.beamml.serving.Score;
import io.github.beamml.workflow.publish.KafkaPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.schemas.transforms.Select;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Scores rows in a stream, as a service behind Kafka would: each row is an event of a topic, an
 * unbounded pipeline of public components reads it from there, scores it and writes the score to
 * another topic; whoever watches that topic ends the pipeline when every row has come back.
 */
public final class StreamScoring {
  private static final int PARTITIONS = 4;

  /** A stream that brings no new score for this long has stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StreamScoring() {}

  /**
   * Scores rows.
   *
   * @param options of a runner whose {@code run} returns at once
   * @param broker of no secrets; two topics are created there and deleted
   * @param name of this scoring, no other's at that broker
   * @param rows raw rows with their row keys
   * @return the score of each row that came back, by row key in hex digits
   * @throws CannotException if the pipeline fails, or rows do not come back
   */
  public static Map<String, Scorer.Score> score(
      PipelineOptions options,
      KafkaConnection broker,
      String name,
      RowBatch rows,
      ArtifactReference model) {
    EventRows events = EventRows.of(rows);
    Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    String in = name + "-rows";
    String out = name + "-scores";
    try (Admin admin = Admin.create(Map.copyOf(client))) {
      create(admin, in, out);
      KafkaPublisher.publish(client, in, PARTITIONS, events.events());
      PipelineResult running = pipeline(options, broker, in, out, events, model).run();
      try (ScoreWatch watch = ScoreWatch.of(client, out, PARTITIONS, events.keyColumn())) {
        return watch(watch, running, rows.size());
      } finally {
        running.cancel();
        admin.deleteTopics(List.of(in, out));
      }
    } catch (IOException e) {
      throw CannotException.to("end the stream", String.valueOf(e.getMessage()), e);
    }
  }

  private static void create(Admin admin, String... topics) {
    try {
      admin
          .createTopics(
              Arrays.stream(topics)
                  .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw CannotException.to("create topic " + topics[0], String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("create topic " + topics[0], "interrupted", e);
    }
  }

  private static Pipeline pipeline(
      PipelineOptions options,
      KafkaConnection broker,
      String in,
      String out,
      EventRows events,
      ArtifactReference model) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Row> rows =
        pipeline.apply("Read", KafkaStream.read(broker, in, events.schema())).get(KafkaStream.ROWS);
    if (events.hasHexColumns()) {
      rows = rows.apply("FromHex", ApplyToRows.of(events.fromHex())).get(ApplyToRows.ROWS);
    }
    rows.apply("Score", Score.with(model))
        .get(Score.ROWS)
        .apply("Select", Select.fieldNames(ScoreWatch.fields(events.keyColumn())))
        .apply("Write", KafkaStream.write(broker, out).withKey(events.keyColumn()));
    return pipeline;
  }

  private static Map<String, Scorer.Score> watch(
      ScoreWatch watch, PipelineResult running, int expected) {
    long lastNews = System.nanoTime();
    while (watch.scores().size() < expected) {
      int before = watch.scores().size();
      watch.poll();
      if (watch.scores().size() > before) {
        lastNews = System.nanoTime();
        continue;
      }
      checkAlive(running);
      if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        throw CannotException.to(
            "score in a stream",
            Figures.count(watch.scores().size())
                + " of "
                + Figures.count(expected)
                + " rows came back, and no more for "
                + PATIENCE.toSeconds()
                + " s");
      }
    }
    return watch.scores();
  }

  /**
   * Asking for the state would do, but a runner tells the reason only to who waits.
   *
   * @throws CannotException with the reason if the pipeline has failed
   */
  private static void checkAlive(PipelineResult running) {
    PipelineResult.State state;
    try {
      state = running.waitUntilFinish(org.joda.time.Duration.millis(1));
    } catch (RuntimeException e) {
      throw ourCause(e);
    }
    if (state != null && state.isTerminal()) {
      throw CannotException.to("score in a stream", "the pipeline ended as " + state);
    }
  }

  /** The innermost cause that is one of ours. */
  private static RuntimeException ourCause(RuntimeException thrown) {
    RuntimeException ours = null;
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException || cause instanceof InvalidInputException) {
        ours = (RuntimeException) cause;
      }
      root = cause;
    }
    return ours == null
        ? CannotException.to("score in a stream", String.valueOf(root.getMessage()), thrown)
        : ours;
  }
}
