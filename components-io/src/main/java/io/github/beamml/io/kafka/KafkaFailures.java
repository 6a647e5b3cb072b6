package io.github.beamml.io.kafka;

import io.github.beamml.engine.CannotException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka's clients throw, in one line that says what to look at. */
final class KafkaFailures {
  private KafkaFailures() {}

  /**
   * @param action such as {@code read topic flights}
   */
  static CannotException to(String action, KafkaConnection connection, KafkaException e) {
    return CannotException.to(action, reason(connection, e), e);
  }

  private static String reason(KafkaConnection connection, KafkaException e) {
    if (e instanceof SslAuthenticationException) {
      return "no trusted connection to " + connection + ": " + rootMessage(e);
    }
    if (e instanceof AuthenticationException) {
      return connection + " refuses the credentials: " + e.getMessage();
    }
    if (e instanceof OffsetOutOfRangeException lost) {
      return "the broker no longer has the offsets "
          + lost.offsetOutOfRangePartitions()
          + " (deleted by its retention?)";
    }
    if (e instanceof TimeoutException) {
      return noAnswer(connection);
    }
    return rootMessage(e) + " (" + connection + ")";
  }

  static String noAnswer(KafkaConnection connection) {
    return "no broker answers at "
        + connection
        + " (tried "
        + KafkaSnapshot.TIMEOUT.toSeconds()
        + " s)";
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
