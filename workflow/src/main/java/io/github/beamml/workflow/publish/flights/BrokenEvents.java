package io.github.beamml.workflow.publish.flights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.time.Timestamps;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Events that no reader may take for a row: one way to be broken a kind. */
final class BrokenEvents {
  private static final int DEEP = 5_000;
  private static final int HUGE = 200_000;
  private static final long MICROS = 1_000_000;

  private BrokenEvents() {}

  /** What is published for a flight, none for a tombstone; by kind, in the order of planting. */
  static Map<String, Function<Flight, byte @Nullable []>> byKind() {
    Map<String, Function<Flight, byte @Nullable []>> kinds = new LinkedHashMap<>();
    kinds.put("deep_nesting", with("tailnum", "[".repeat(DEEP) + "]".repeat(DEEP)));
    kinds.put("huge_string", with("tailnum", Flight.quoted("N".repeat(HUGE))));
    kinds.put("not_json", BrokenEvents::sentence);
    kinds.put("top_level_array", flight -> bytes("[" + whole(flight) + "]"));
    kinds.put("two_objects", flight -> bytes(whole(flight).repeat(2)));
    kinds.put("repeated_field", withMore(",\"carrier\":\"XX\""));
    kinds.put(
        "time_as_number", flight -> departing(flight, Long.toString(departure(flight) / MICROS)));
    kinds.put("time_too_fine", BrokenEvents::tooFine);
    kinds.put(
        "time_without_zone",
        flight -> departing(flight, Flight.quoted(Duplicates.local(departure(flight)))));
    kinds.put("impossible_time", with("sched_dep", "\"2013-02-30T10:15:00Z\""));
    kinds.put("wrong_time_format", BrokenEvents::monthFirst);
    kinds.put("lone_surrogate", with("dest", "\"\\ud800\""));
    kinds.put("invalid_utf8", BrokenEvents::invalidUtf8);
    kinds.put("double_out_of_range", with("distance", "1e999"));
    kinds.put("integer_out_of_range", with("flight", "9223372036854775808"));
    kinds.put("fraction_for_integer", with("flight", "1545.5"));
    kinds.put("nested_object", with("arr_delay", "{\"minutes\":11}"));
    kinds.put("nan_word", with("distance", "NaN"));
    kinds.put("nan_text", with("arr_delay", "\"NaN\""));
    kinds.put(
        "number_as_text",
        flight -> flight.edited("distance", Flight.quoted(flight.json("distance"))));
    kinds.put("wrong_type", with("carrier", "true"));
    kinds.put("null_for_required", with("origin", "null"));
    kinds.put("missing_required", BrokenEvents::withoutCarrier);
    kinds.put("unknown_field", withMore(",\"gate\":\"B42\""));
    kinds.put("cut_off", flight -> firstHalf(flight.unchanged()));
    kinds.put("empty_value", flight -> new byte[0]);
    kinds.put("tombstone", flight -> null);
    return kinds;
  }

  private static Function<Flight, byte @Nullable []> with(String field, String json) {
    return flight -> flight.edited(field, json);
  }

  private static Function<Flight, byte @Nullable []> withMore(String more) {
    return flight -> Flight.object(flight.fields(), more);
  }

  private static byte[] sentence(Flight flight) {
    return bytes(flight.text("carrier") + " " + flight.number("flight") + " is on its way");
  }

  private static byte[] departing(Flight flight, String json) {
    return flight.edited("sched_dep", json);
  }

  private static long departure(Flight flight) {
    return flight.number("sched_dep");
  }

  private static byte[] tooFine(Flight flight) {
    String time = Timestamps.format(departure(flight));
    return departing(flight, Flight.quoted(time.substring(0, time.length() - 1) + ".1234567Z"));
  }

  private static byte[] monthFirst(Flight flight) {
    String local = Duplicates.local(departure(flight));
    String date =
        local.substring(5, 7) + "/" + local.substring(8, 10) + "/" + local.substring(0, 4);
    return departing(flight, Flight.quoted(date + " " + local.substring(11, 16)));
  }

  private static byte[] invalidUtf8(Flight flight) {
    String[] around = new String(flight.edited("dest", "\"?\""), UTF_8).split("\\?", 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(around[0]));
    out.writeBytes(new byte[] {(byte) 0xc3, 0x28});
    out.writeBytes(bytes(around[1]));
    return out.toByteArray();
  }

  private static byte[] withoutCarrier(Flight flight) {
    Map<String, String> fields = flight.fields();
    fields.remove("carrier");
    return Flight.object(fields);
  }

  private static byte[] firstHalf(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static String whole(Flight flight) {
    return new String(flight.unchanged(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
