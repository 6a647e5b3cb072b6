package io.github.beamml.workflow.stage;

import io.github.beamml.io.kafka.KafkaConnection;

/** Opens the connections that a workflow names. */
public interface Connections {
  /** A topic and how to reach it. */
  record OpenTopic(KafkaConnection connection, String topic) {}

  /** The topic of a connection; an embedded one is started and filled at the first call. */
  OpenTopic topic(String connection);

  /** A broker of this process's own, for checks. */
  KafkaConnection scratchBroker();
}
