package io.github.beamml.io.kafka;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import java.util.List;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link KafkaStream#write} in every language. */
public final class WriteKafkaProvider extends ComponentProvider {
  private static final Parameter<String> KEY =
      Parameter.string("key", "Column whose text is the records' key; no key if left out.");

  public WriteKafkaProvider() {
    super(
        Descriptor.of(
            "write_kafka",
            "Writes rows as JSON objects into a topic, at least once.",
            KafkaParameters.BOOTSTRAP_SERVERS,
            KafkaParameters.TOPIC,
            KafkaParameters.PRODUCER_CONFIG,
            KEY),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    KafkaStream.Write write =
        KafkaStream.write(
            KafkaParameters.connection(configuration, KafkaParameters.PRODUCER_CONFIG),
            configuration.get(KafkaParameters.TOPIC));
    if (configuration.find(KEY).isPresent()) {
      write = write.withKey(configuration.get(KEY));
    }
    onlyInput(input).apply("Write", write);
    return PCollectionRowTuple.empty(input.getPipeline());
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of();
  }
}
