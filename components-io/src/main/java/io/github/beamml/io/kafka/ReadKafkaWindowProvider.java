package io.github.beamml.io.kafka;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.component.SourceProvider;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.WindowedSource;
import java.util.List;

/** Offers {@link KafkaWindow#read} in every language. */
public final class ReadKafkaWindowProvider extends SourceProvider {
  private static final Parameter<String> EVENT_TIME =
      Parameter.string(
          "event_time", "Timestamp column that the window is cut by; all rows if left out.");

  private static final Parameter<String> FROM =
      Parameter.string(
          "from", "Start of the window, in it: a date or time such as 2013-10-01T06:00.");

  private static final Parameter<String> TO =
      Parameter.string("to", "End of the window, no longer in it: a date or time.");

  private static final Parameter<String> TIME_ZONE =
      Parameter.string("time_zone", "Zone of from and to where they name none.").defaultTo("UTC");

  public ReadKafkaWindowProvider() {
    super(
        Descriptor.of(
                "read_kafka_window",
                "Reads the closed event-time window of a topic of JSON objects, within offsets that"
                    + " are fixed before it starts. Bounded.",
                KafkaParameters.BOOTSTRAP_SERVERS,
                KafkaParameters.TOPIC,
                KafkaParameters.SCHEMA,
                KafkaParameters.CONSUMER_CONFIG,
                KafkaParameters.RANGES,
                EVENT_TIME,
                FROM,
                TO,
                TIME_ZONE)
            .withErrors());
  }

  @Override
  protected BatchSource<?> source(Configuration configuration) {
    KafkaConnection connection =
        KafkaParameters.connection(configuration, KafkaParameters.CONSUMER_CONFIG);
    String topic = configuration.get(KafkaParameters.TOPIC);
    RowSchema schema = KafkaParameters.schema(configuration);
    List<OffsetRange> ranges = KafkaParameters.ranges(configuration);
    BatchSource<OffsetRange> source =
        ranges.isEmpty()
            ? KafkaWindow.source(connection, topic, schema)
            : KafkaWindow.source(connection, topic, ranges, schema);
    return WindowedSource.of(source, window(configuration));
  }

  private static EventWindow window(Configuration configuration) {
    if (configuration.find(EVENT_TIME).isEmpty()) {
      return EventWindow.unbounded();
    }
    ZoneRules zone = ZoneRules.of(configuration.get(TIME_ZONE), "time_zone");
    return new EventWindow(
        configuration.get(EVENT_TIME),
        zone.parse("from", given(configuration, FROM)),
        zone.parse("to", given(configuration, TO)));
  }

  private static String given(Configuration configuration, Parameter<String> parameter) {
    return configuration
        .find(parameter)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    parameter.name(), "missing", "given together with event_time"));
  }
}
