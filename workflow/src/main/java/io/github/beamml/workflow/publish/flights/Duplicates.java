package io.github.beamml.workflow.publish.flights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.time.Timestamps;
import io.github.beamml.engine.time.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same flights once more: in other bytes, or as they were announced first. */
final class Duplicates {
  private static final ZoneRules NEW_YORK = ZoneRules.of("America/New_York");
  private static final long MICROS_PER_MINUTE = 60_000_000;
  private static final long ANNOUNCED_EARLIER = 30 * MICROS_PER_MINUTE;
  private static final List<String> OUTCOMES =
      List.of("dep_time", "dep_delay", "arr_time", "arr_delay", "air_time");
  private static final List<String> DOUBLES =
      List.of("dep_delay", "arr_delay", "air_time", "distance");

  private Duplicates() {}

  /** Fields backwards, spaces, local offsets, fractions, escapes: the same row. */
  static byte[] reformatted(Flight flight) {
    Map<String, String> fields = flight.fields();
    for (String time : List.of("sched_dep", "time_hour")) {
      fields.put(time, Flight.quoted(withOffset(flight.number(time))));
    }
    for (String number : DOUBLES) {
      fields.computeIfPresent(number, (name, text) -> flight.isNull(number) ? text : text + ".0");
    }
    StringBuilder escaped = new StringBuilder();
    flight.text("carrier").chars().forEach(c -> escaped.append("\\u00").append(hex(c)));
    fields.put("carrier", Flight.quoted(escaped.toString()));
    List<String> texts = new ArrayList<>();
    fields.forEach((name, text) -> texts.add(Flight.quoted(name) + ": " + text));
    Collections.reverse(texts);
    return ("{ " + String.join(", ", texts) + " }").getBytes(UTF_8);
  }

  private static String hex(int ascii) {
    return Integer.toHexString(0x100 | ascii).substring(1).toLowerCase(Locale.ROOT);
  }

  /** The local time with its offset from UTC, to the second. */
  static String withOffset(long instant) {
    long minutes = NEW_YORK.offsetMicros(instant) / MICROS_PER_MINUTE;
    return local(instant)
        + (minutes < 0 ? "-" : "+")
        + twoDigits(Math.abs(minutes) / 60)
        + ":"
        + twoDigits(Math.abs(minutes) % 60);
  }

  /** The local time such as {@code 2013-01-01T05:15:00}. */
  static String local(long instant) {
    String text = Timestamps.format(NEW_YORK.toLocal(instant));
    return text.substring(0, text.length() - 1);
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  /** What was known half an hour before: another departure, nothing of how it went. */
  static byte[] firstAnnouncement(Flight flight) {
    Map<String, String> fields = flight.fields();
    OUTCOMES.forEach(outcome -> fields.put(outcome, "null"));
    fields.put(
        "sched_dep",
        Flight.quoted(Timestamps.format(flight.number("sched_dep") - ANNOUNCED_EARLIER)));
    return Flight.object(fields);
  }
}
