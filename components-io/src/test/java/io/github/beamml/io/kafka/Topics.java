package io.github.beamml.io.kafka;

import io.github.beamml.cluster.KafkaBroker;

/** Topics of one partition for the contracts of Kafka's components. */
final class Topics {
  private Topics() {}

  /** Ids 1, at 5 s with 0.5, and 2, two hours later. */
  static void ofTwo(KafkaBroker broker, String name) throws Exception {
    try (Topic topic = Topic.create(broker, name, 1)) {
      topic
          .send(0, "{\"id\": 1, \"at\": \"1970-01-01T00:00:05Z\", \"x\": 0.5}")
          .send(0, "{\"id\": 2, \"at\": \"1970-01-01T02:00:00Z\"}");
    }
  }

  /** Id 7, and what is no JSON. */
  static void ofOneAndABadOne(KafkaBroker broker, String name) throws Exception {
    try (Topic topic = Topic.create(broker, name, 1)) {
      topic.send(0, "{\"id\": 7}").send(0, "{");
    }
  }
}
