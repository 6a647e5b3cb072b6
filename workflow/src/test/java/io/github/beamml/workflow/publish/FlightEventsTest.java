package io.github.beamml.workflow.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.hash.Hex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The events of the flight-delays example are those that its page promises, byte for byte. */
final class FlightEventsTest {
  private static final Sample SAMPLE =
      Sample.of("../examples/flight-delays/data/flights.parquet")
          .withKey(List.of("id"))
          .withPlant("flights");

  private static List<Event> events;

  @BeforeAll
  static void makeEvents() {
    events = EventPublisher.events(SAMPLE);
  }

  @Test
  void allBytesAreThoseOfTheReference() {
    assertThat(Hex.of(EventPublisher.digest(events)))
        .isEqualTo("fe974dfdfd4815e285619efac2b30e25d73b082e411993e9ca6c521159c26ecc");
  }

  @Test
  void everyKindHasItsCount() {
    Map<String, Integer> counts = new TreeMap<>();
    events.forEach(event -> counts.merge(event.kind(), 1, Integer::sum));
    assertThat(counts)
        .containsEntry("flight", 336_776)
        .containsEntry("copy", 700)
        .containsEntry("copy_twice", 22)
        .containsEntry("reformatted", 200)
        .containsEntry("first_announcement", 100)
        .containsEntry("deep_nesting", 1)
        .containsEntry("not_json", 3)
        .containsEntry("invalid_utf8", 13)
        .containsEntry("cut_off", 25)
        .containsEntry("tombstone", 27)
        .containsEntry("day_before", 119)
        .containsEntry("last_microsecond_before", 1)
        .containsEntry("day_after", 79)
        .containsEntry("first_instant_after", 1)
        .hasSize(36);
    assertThat(events).hasSize(338_376);
  }

  @Test
  void fourPartitionsHoldWhatTheyShould() {
    assertThat(partitionSizes(4)).containsExactly(84_913, 84_405, 84_637, 84_421);
  }

  @Test
  void anotherOrderHasTheSameEventsElsewhere() {
    List<Event> other = EventPublisher.events(SAMPLE.withOrder(2));
    assertThat(keysAndKinds(other)).isEqualTo(keysAndKinds(events));
    assertThat(EventPublisher.digest(other)).isNotEqualTo(EventPublisher.digest(events));
    assertThat(key(other.get(0))).isNotEqualTo(key(events.get(0)));
  }

  private static Map<String, Set<String>> keysAndKinds(List<Event> events) {
    Map<String, Set<String>> keys = new HashMap<>();
    for (Event event : events) {
      if (!event.kind().equals("flight")) {
        keys.computeIfAbsent(event.kind(), kind -> new HashSet<>()).add(key(event));
      }
    }
    return keys;
  }

  private static String key(Event event) {
    return new String(event.key(), UTF_8);
  }

  private static int[] partitionSizes(int partitions) {
    int[] sizes = new int[partitions];
    events.forEach(event -> sizes[event.partition(partitions)]++);
    return IntStream.of(sizes).toArray();
  }
}
