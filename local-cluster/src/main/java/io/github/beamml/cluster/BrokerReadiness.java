package io.github.beamml.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Waits until a broker answers a real call and takes part in its cluster. */
final class BrokerReadiness {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ChildProcess child;
  private final BrokerConfiguration configuration;
  private final Duration timeout;
  private final long deadline;

  BrokerReadiness(ChildProcess child, BrokerConfiguration configuration, Duration timeout) {
    this.child = child;
    this.configuration = configuration;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Why the broker does not answer; nothing if it does. */
  Optional<String> await() {
    // Only then a client, which would log a warning for every attempt that is refused.
    while (!accepts()) {
      if (child.awaitEnd(PAUSE)) {
        return Optional.of("it ended with exit code " + child.exitCode());
      }
      if (isLate()) {
        return Optional.of(noAnswer());
      }
    }
    try (Admin admin = Admin.create(Map.copyOf(configuration.administration()))) {
      return awaitNode(admin);
    }
  }

  private Optional<String> awaitNode(Admin admin) {
    String lastFailure = "";
    while (!isLate()) {
      try {
        if (!admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty()) {
          return Optional.empty();
        }
      } catch (ExecutionException | TimeoutException failure) {
        lastFailure = " (" + failure + ")";
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Optional.of("interrupted");
      }
      if (child.awaitEnd(PAUSE)) {
        return Optional.of("it ended with exit code " + child.exitCode());
      }
    }
    return Optional.of(noAnswer() + lastFailure);
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), configuration.clientPort())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private boolean isLate() {
    return System.nanoTime() - deadline >= 0;
  }

  private String noAnswer() {
    return "no answer within " + timeout.toMillis() + " ms";
  }
}
