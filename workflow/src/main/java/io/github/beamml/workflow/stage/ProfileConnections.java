package io.github.beamml.workflow.stage;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.io.kafka.KafkaConnection;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.publish.EventPublisher;
import io.github.beamml.workflow.publish.KafkaPublisher;
import io.github.beamml.workflow.publish.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a profile; a broker that the profile embeds is started when it is first needed
 * and stopped at the end.
 */
public final class ProfileConnections implements Connections, AutoCloseable {
  private final Workflow workflow;
  private final Profile profile;
  private final Consumer<String> progress;
  private final Map<String, OpenTopic> opened = new HashMap<>();
  private @Nullable KafkaBroker broker;

  public ProfileConnections(Workflow workflow, Profile profile, Consumer<String> progress) {
    this.workflow = workflow;
    this.profile = profile;
    this.progress = progress;
  }

  @Override
  public OpenTopic topic(String connection) {
    return opened.computeIfAbsent(connection, this::open);
  }

  private OpenTopic open(String name) {
    Profile.Connection connection =
        profile.connection(ReaderDefinition.STAGE + ".source.kafka", name);
    if (connection instanceof Profile.Cluster cluster) {
      return new OpenTopic(
          cluster.connection(workflow.reader().orElseThrow().consumerConfig()), cluster.topic());
    }
    Profile.Embedded embedded = (Profile.Embedded) connection;
    KafkaBroker started = broker();
    progress.accept("publishing " + embedded.sample().getFileName() + " to " + embedded.topic());
    started.createTopic(embedded.topic(), embedded.partitions());
    KafkaPublisher.publish(
        started.clientProperties(),
        embedded.topic(),
        embedded.partitions(),
        EventPublisher.events(sample(embedded)));
    return new OpenTopic(connectionTo(started), embedded.topic());
  }

  private Sample sample(Profile.Embedded embedded) {
    return Sample.of(embedded.sample().toString())
        .withKey(workflow.reader().orElseThrow().key().fields())
        .withSchema(workflow.reader().orElseThrow().schema())
        .withPlant(embedded.plant())
        .withOrder(embedded.order());
  }

  @Override
  public KafkaConnection scratchBroker() {
    return connectionTo(broker());
  }

  private static KafkaConnection connectionTo(KafkaBroker broker) {
    return KafkaConnection.of(broker.bootstrapServers(), Map.of());
  }

  private KafkaBroker broker() {
    if (broker == null) {
      progress.accept("starting a broker");
      broker = KafkaBroker.start();
    }
    return broker;
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }
}
