package io.github.beamml.io.kafka;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Offers {@link KafkaStream#read} in every language. */
public final class ReadKafkaProvider extends ComponentProvider {
  private static final Parameter<String> EVENT_TIME =
      Parameter.string(
          "event_time",
          "Timestamp column that gives rows their time; the record's own time if left out.");

  private static final Parameter<Long> MAX_LATENESS =
      Parameter.atLeast(
          0,
          Parameter.int64(
                  "max_lateness_seconds",
                  "How far behind the latest event of its partition an event may be.")
              .defaultTo(0L));

  private static final Parameter<String> START =
      Parameter.oneOf(
          Parameter.string(
                  "start", "Where to begin: earliest, or latest, behind what is there already.")
              .defaultTo("earliest"),
          "earliest",
          "latest");

  public ReadKafkaProvider() {
    super(
        Descriptor.of(
                "read_kafka",
                "Reads a topic of JSON objects as a stream of rows of a declared schema. Unbounded;"
                    + " with ranges it ends there by itself.",
                KafkaParameters.BOOTSTRAP_SERVERS,
                KafkaParameters.TOPIC,
                KafkaParameters.SCHEMA,
                KafkaParameters.CONSUMER_CONFIG,
                KafkaParameters.RANGES,
                EVENT_TIME,
                MAX_LATENESS,
                START)
            .withErrors());
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    KafkaStream.Read read =
        KafkaStream.read(
                KafkaParameters.connection(configuration, KafkaParameters.CONSUMER_CONFIG),
                configuration.get(KafkaParameters.TOPIC),
                KafkaParameters.schema(configuration))
            .withMaxLateness(Duration.ofSeconds(configuration.get(MAX_LATENESS)));
    if (configuration.find(EVENT_TIME).isPresent()) {
      read = read.withEventTime(configuration.get(EVENT_TIME));
    }
    if (configuration.get(START).equals("latest")) {
      read = read.fromLatest();
    }
    List<OffsetRange> ranges = KafkaParameters.ranges(configuration);
    if (!ranges.isEmpty()) {
      read = read.within(ranges);
    }
    if (configuration.errorOutput().isPresent()) {
      read = read.keepingDeadLetters();
    }
    PCollectionTuple results = input.getPipeline().apply("Read", read);
    return outputs(configuration, results.get(KafkaStream.ROWS), results.get(KafkaStream.ERRORS));
  }
}
