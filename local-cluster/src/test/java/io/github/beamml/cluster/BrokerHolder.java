package io.github.beamml.cluster;

import java.util.Locale;
import java.util.TimeZone;

/** A program that holds a broker until it is ended: by a test, from outside. */
final class BrokerHolder {
  private BrokerHolder() {}

  public static void main(String[] arguments) throws Exception {
    KafkaBroker broker = KafkaBroker.start();
    broker.createTopic("held", 1);
    Records.send(broker.clientProperties(), "held", "INFO");
    System.out.println(
        String.join(
            " ",
            Records.read(broker.clientProperties(), "held", 1).get(0),
            Locale.getDefault().toString(),
            TimeZone.getDefault().getID(),
            Long.toString(broker.pid()),
            broker.logFile().toString()));
    // Ends, without stopping the broker, when the test closes the pipe.
    if (System.in.read() < 0) {
      System.exit(0);
    }
  }
}
