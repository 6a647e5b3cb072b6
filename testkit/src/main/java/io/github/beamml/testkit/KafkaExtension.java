package io.github.beamml.testkit;

import io.github.beamml.cluster.KafkaBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka broker: one for all tests of a module, started by the first that asks
 * and stopped after the last.
 *
 * <pre>{@code
 * @ExtendWith(KafkaExtension.class)
 * class FlightsTest {
 *   @Test
 *   void flightsAreRead(KafkaBroker broker) {
 *     broker.createTopic("flights-are-read", 3);
 *   }
 * }
 * }</pre>
 *
 * <p>As the broker is shared, a topic's name belongs to one test.
 */
public final class KafkaExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaBroker.class;
  }

  @Override
  public KafkaBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store of the root closes what it holds when the last test is over.
    return context
        .getRoot()
        .getStore(Namespace.create(KafkaExtension.class))
        .getOrComputeIfAbsent("broker", key -> KafkaBroker.start(), KafkaBroker.class);
  }
}
