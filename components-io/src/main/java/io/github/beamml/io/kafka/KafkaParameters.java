package io.github.beamml.io.kafka;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.file.FileParameters;
import java.util.List;
import java.util.Map;

/** Parameters that the components of Kafka have in common. */
final class KafkaParameters {
  static final Parameter<String> BOOTSTRAP_SERVERS =
      Parameter.string("bootstrap_servers", "Brokers as host:port, several with commas between.")
          .required();

  static final Parameter<String> TOPIC = Parameter.string("topic", "Name of the topic.").required();

  static final Parameter<Map<String, String>> CONSUMER_CONFIG =
      Parameter.stringMap(
          "consumer_config",
          "Properties of Kafka's consumers, such as security.protocol; secrets only as env:NAME or"
              + " file:PATH, resolved on the worker.");

  static final Parameter<Map<String, String>> PRODUCER_CONFIG =
      Parameter.stringMap(
          "producer_config",
          "Properties of Kafka's producers, such as compression.type; secrets only as env:NAME or"
              + " file:PATH, resolved on the worker.");

  static final Parameter<String> SCHEMA = FileParameters.SCHEMA;

  static final Parameter<List<String>> RANGES =
      Parameter.strings(
          "ranges",
          "Offsets to read, one partition:begin-end an entry, such as 0:0-1042, the end left out.");

  private KafkaParameters() {}

  static KafkaConnection connection(
      Configuration configuration, Parameter<Map<String, String>> properties) {
    return KafkaConnection.of(
        configuration.get(BOOTSTRAP_SERVERS),
        configuration.find(properties).orElse(Map.of()),
        properties.name());
  }

  static RowSchema schema(Configuration configuration) {
    return SchemaText.parse("schema", configuration.get(SCHEMA));
  }

  /** Empty where none are given. */
  static List<OffsetRange> ranges(Configuration configuration) {
    return configuration.find(RANGES).orElse(List.of()).stream()
        .map(range -> OffsetRange.parse("ranges", range))
        .toList();
  }
}
