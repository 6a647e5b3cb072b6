package io.github.beamml.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the broker's process: formats the data folder where it is new, runs Kafka, and
 * ends as soon as the parent process does. It runs on a class path of its own, where nothing of
 * this library but this module is; Kafka's server is called by name, so that nobody needs it (and
 * its Scala) to compile.
 */
final class KafkaBrokerMain {
  static final String SERVER_PROPERTIES = "server.properties";

  /** The folder of Kafka's own files within the data folder. */
  static final String TOPICS = "topics";

  private static final long STOP_MILLIS = 10_000;

  /** Kept open: a lock goes with its channel. */
  private static @Nullable FileChannel lock;

  private KafkaBrokerMain() {}

  /**
   * @param arguments the broker's own folder, its data folder, the cluster id
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    boolean keepsData = !data.startsWith(home);
    ParentWatch.start(System.in, () -> endAlone(home, keepsData));
    lock(data);
    String properties = home.resolve(SERVER_PROPERTIES).toString();
    if (!Files.exists(data.resolve(TOPICS).resolve("meta.properties"))) {
      format(properties, arguments[2]);
    }
    Class.forName("kafka.Kafka")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {properties});
  }

  /**
   * Takes the data folder for as long as this process lives. Kafka's own lock comes too late: its
   * controller has by then written to the other broker's metadata.
   */
  private static void lock(Path data) throws IOException {
    Files.createDirectories(data);
    lock =
        FileChannel.open(
            data.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      System.out.println("Another broker is using the data folder " + data);
      Runtime.getRuntime().exit(1);
    }
  }

  private static void format(String properties, String clusterId)
      throws ReflectiveOperationException {
    String[] arguments = {"format", "--cluster-id", clusterId, "--config", properties};
    try {
      Object status =
          Class.forName("kafka.tools.StorageTool")
              .getMethod("execute", String[].class, PrintStream.class)
              .invoke(null, arguments, System.out);
      if (!Integer.valueOf(0).equals(status)) {
        Runtime.getRuntime().exit(1);
      }
    } catch (InvocationTargetException failure) {
      System.out.println("Cannot format the data folder: " + failure.getCause());
      Runtime.getRuntime().exit(1);
    }
  }

  /** The parent is gone and cannot clean up: this process does. */
  private static void endAlone(Path home, boolean keepsData) {
    if (!keepsData) {
      // Kafka halts its process when its files vanish, which would leave half of them behind.
      Exit.setHaltProcedure((status, message) -> awaitForever());
    }
    try {
      FileTree.delete(home);
    } catch (IOException failure) {
      System.out.println("Cannot delete " + home + ": " + failure);
    }
    if (!keepsData) {
      Runtime.getRuntime().halt(0);
    }
    Thread exit = new Thread(() -> Runtime.getRuntime().exit(0), "exit");
    exit.start();
    try {
      exit.join(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
