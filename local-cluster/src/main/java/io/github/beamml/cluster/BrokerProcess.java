package io.github.beamml.cluster;

import io.github.beamml.cluster.BrokerConfiguration.Ports;
import io.github.beamml.engine.CannotException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A broker's process with its folder, from the first attempt to start it to the last trace. */
final class BrokerProcess {
  private static final String START = "start Kafka broker";
  private static final int ATTEMPTS = 3;
  private static final int LAST_LINES = 5;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

  private final Path home;
  private final KafkaBrokerOptions options;
  private final Optional<BrokerTls> tls;
  private final BrokerConfiguration configuration;
  private final ChildProcess child;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread stopAtExit = new Thread(this::end, "stop-kafka-broker");

  private BrokerProcess(
      Path home,
      KafkaBrokerOptions options,
      Optional<BrokerTls> tls,
      BrokerConfiguration configuration,
      ChildProcess child) {
    this.home = home;
    this.options = options;
    this.tls = tls;
    this.configuration = configuration;
    this.child = child;
  }

  /** Starts a broker that answers; where a free port was taken meanwhile, again with others. */
  static BrokerProcess start(KafkaBrokerOptions options) {
    for (int attempt = 1; ; attempt++) {
      BrokerProcess process = launch(options);
      try {
        process.awaitAnswer();
        return process;
      } catch (CannotException failure) {
        boolean again = attempt < ATTEMPTS && process.lostPort();
        process.stop();
        if (!again) {
          throw failure;
        }
      }
    }
  }

  private static BrokerProcess launch(KafkaBrokerOptions options) {
    List<Path> classPath = classPath();
    Ports ports = choosePorts(options);
    Path home = createHome();
    try {
      Optional<BrokerTls> tls =
          options.users().isEmpty() ? Optional.empty() : Optional.of(BrokerTls.create(home));
      BrokerConfiguration configuration = new BrokerConfiguration(ports, tls);
      Path data = options.dataFolder().orElse(home.resolve("data"));
      Files.writeString(
          home.resolve(KafkaBrokerMain.SERVER_PROPERTIES),
          configuration.serverProperties(options, data.resolve(KafkaBrokerMain.TOPICS)));
      ChildProcess child =
          ChildProcess.start(
              "Kafka broker",
              classPath,
              List.of("-Xmx" + options.heapMegabytes() + "m", "-Dlog4j.configuration=" + logging()),
              KafkaBrokerMain.class,
              List.of(home.toString(), data.toString(), Uuid.randomUuid().toString()),
              logFile(options, home));
      BrokerProcess process = new BrokerProcess(home, options, tls, configuration, child);
      Runtime.getRuntime().addShutdownHook(process.stopAtExit);
      return process;
    } catch (IOException | RuntimeException failure) {
      deleteQuietly(home);
      throw cannotStart(failure);
    }
  }

  private static CannotException cannotStart(Exception failure) {
    return failure instanceof CannotException known
        ? known
        : CannotException.to(START, String.valueOf(failure.getMessage()), failure);
  }

  private static List<Path> classPath() {
    List<Path> classPath = new ArrayList<>(JarList.of("kafka").resolve());
    // Last, as it may be one big jar with libraries of its own.
    classPath.add(
        JarList.location(KafkaBrokerMain.class)
            .orElseThrow(() -> CannotException.to(START, "it cannot find its own classes")));
    return classPath;
  }

  private static Ports choosePorts(KafkaBrokerOptions options) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int wanted = options.port().orElse(0);
    try (ServerSocket client = new ServerSocket(wanted, 1, loopback);
        ServerSocket controller = new ServerSocket(0, 1, loopback);
        ServerSocket internal = new ServerSocket(0, 1, loopback)) {
      return new Ports(client.getLocalPort(), controller.getLocalPort(), internal.getLocalPort());
    } catch (IOException taken) {
      String reason = wanted == 0 ? "no free port: " + taken.getMessage() : inUse(wanted);
      throw CannotException.to(START, reason, taken);
    }
  }

  private static String inUse(int port) {
    return "port " + port + " is already in use";
  }

  private static Path createHome() {
    try {
      return Files.createTempDirectory("beamml-kafka-");
    } catch (IOException failure) {
      throw CannotException.to(START, "no temporary folder: " + failure.getMessage(), failure);
    }
  }

  private static String logging() {
    return BrokerProcess.class.getPackageName().replace('.', '/') + "/kafka-log4j.properties";
  }

  private static Path logFile(KafkaBrokerOptions options, Path home) {
    return options.logFile().orElse(home.resolve("broker.log"));
  }

  Path home() {
    return home;
  }

  Path logFile() {
    return logFile(options, home);
  }

  long pid() {
    return child.pid();
  }

  BrokerConfiguration configuration() {
    return configuration;
  }

  BrokerTls tls() {
    return tls.orElseThrow();
  }

  Admin admin() {
    return Admin.create(Map.copyOf(configuration.administration()));
  }

  private void awaitAnswer() {
    BrokerReadiness readiness = new BrokerReadiness(child, configuration, options.startTimeout());
    Optional<String> problem = readiness.await();
    if (problem.isPresent()) {
      throw CannotException.to(START, problem.get() + logEnd());
    }
  }

  private String logEnd() {
    List<String> lines =
        child.logLines().stream()
            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
            .toList();
    if (lines.isEmpty()) {
      return ", and its log is empty";
    }
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
        .map(String::strip)
        .collect(Collectors.joining(" | ", "; its log ends: ", ""));
  }

  private boolean lostPort() {
    return child.logLines().stream().anyMatch(line -> line.contains("Address already in use"));
  }

  void stop() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException exiting) {
      // The hook is running or has run; it finds nothing left to do.
    }
  }

  private void end() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    if (options.dataFolder().isPresent()) {
      child.stop(STOP_PATIENCE);
    } else {
      child.kill();
    }
    deleteQuietly(home);
  }

  private static void deleteQuietly(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException failure) {
      System.getLogger(BrokerProcess.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot delete {0}: {1}", folder, failure);
    }
  }
}
