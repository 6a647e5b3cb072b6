package io.github.beamml.workflow.publish.flights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.time.Timestamps;
import io.github.beamml.workflow.publish.Event;
import io.github.beamml.workflow.publish.EventOrder;
import io.github.beamml.workflow.publish.Planting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plants what {@code examples/flight-delays/events.md} lists among the flights: 1,022 duplicates,
 * 378 dead letters of 27 kinds and 200 events outside the window. Which flight an event is made
 * from does not depend on the order of publishing.
 */
public final class FlightPlanting implements Planting {
  /** The kind of the flights themselves. */
  public static final String ROW_KIND = "flight";

  /** How many flights the kinds of duplicates and dead letters are made from. */
  private static final int RANKS = 700 + 11 + 200 + 100 + 27 * 28 / 2;

  private static final long DAY = 86_400_000_000L;
  private static final long WINDOW_FROM = 1_357_016_400_000_000L;
  private static final long WINDOW_TO = 1_388_552_400_000_000L;

  private record Ranked(Flight flight, byte[] rank) {}

  @Override
  public List<Event> events(List<RowBatch> sample, EventOrder order) {
    Planted planted = new Planted(firstRanked(sample), order);
    planted.add("copy", 700, 1, Flight::unchanged);
    planted.add("copy_twice", 11, 2, Flight::unchanged);
    planted.add("reformatted", 200, 1, Duplicates::reformatted);
    planted.add("first_announcement", 100, 1, Duplicates::firstAnnouncement);
    int count = 0;
    for (Map.Entry<String, Function<Flight, byte @Nullable []>> kind :
        BrokenEvents.byKind().entrySet()) {
      // Every kind has another count, so that no two can be mistaken for each other unnoticed.
      count++;
      planted.add(kind.getKey(), count, 1, kind.getValue());
    }
    List<Flight> first = ofDay(sample, 1, 1);
    List<Flight> last = ofDay(sample, 12, 31);
    planted.add("day_before", first.subList(0, 119), flight -> moved(flight, -1));
    planted.add(
        "last_microsecond_before",
        first.subList(119, 120),
        flight -> moved(flight, -1, WINDOW_FROM - 1));
    planted.add("day_after", last.subList(0, 79), flight -> moved(flight, 1));
    planted.add("first_instant_after", last.subList(79, 80), flight -> moved(flight, 1, WINDOW_TO));
    return planted.events;
  }

  /** The flights of the lowest ranks, in their order. */
  private static List<Flight> firstRanked(List<RowBatch> sample) {
    Comparator<Ranked> byRank = Comparator.comparing(Ranked::rank, Arrays::compareUnsigned);
    PriorityQueue<Ranked> lowest = new PriorityQueue<>(byRank.reversed());
    ranked(sample, flight -> true)
        .forEach(
            each -> {
              if (lowest.size() < RANKS) {
                lowest.add(each);
              } else if (byRank.compare(each, lowest.element()) < 0) {
                lowest.remove();
                lowest.add(each);
              }
            });
    return lowest.stream().sorted(byRank).map(Ranked::flight).toList();
  }

  private static List<Flight> ofDay(List<RowBatch> sample, int month, int day) {
    return ranked(sample, flight -> flight.number("month") == month && flight.number("day") == day)
        .sorted(Comparator.comparing(Ranked::rank, Arrays::compareUnsigned))
        .map(Ranked::flight)
        .toList();
  }

  private static Stream<Ranked> ranked(List<RowBatch> sample, Predicate<Flight> wanted) {
    EventOrder documented = EventOrder.first();
    return sample.stream()
        .flatMap(batch -> IntStream.range(0, batch.size()).mapToObj(row -> new Flight(batch, row)))
        .filter(wanted)
        .map(flight -> new Ranked(flight, documented.key(flight.id(), ROW_KIND)));
  }

  private static byte[] moved(Flight flight, int days) {
    return moved(flight, days, flight.number("sched_dep") + days * DAY);
  }

  /** The flight on another day: its id, calendar parts and instants move. */
  private static byte[] moved(Flight flight, int days, long departure) {
    LocalDate date =
        LocalDate.of(
                (int) flight.number("year"),
                (int) flight.number("month"),
                (int) flight.number("day"))
            .plusDays(days);
    Map<String, String> fields = flight.fields();
    fields.put("id", Flight.quoted(date + flight.id().substring(10)));
    fields.put("sched_dep", Flight.quoted(Timestamps.format(departure)));
    fields.put("year", Integer.toString(date.getYear()));
    fields.put("month", Integer.toString(date.getMonthValue()));
    fields.put("day", Integer.toString(date.getDayOfMonth()));
    fields.put(
        "time_hour", Flight.quoted(Timestamps.format(flight.number("time_hour") + days * DAY)));
    return Flight.object(fields);
  }

  /** Events so far; kinds of consecutive ranks follow each other. */
  private static final class Planted {
    private final List<Flight> ranked;
    private final EventOrder order;
    private final List<Event> events = new ArrayList<>();
    private int rank;

    Planted(List<Flight> ranked, EventOrder order) {
      this.ranked = ranked;
      this.order = order;
    }

    void add(String kind, int flights, int times, Function<Flight, byte @Nullable []> value) {
      for (Flight flight : ranked.subList(rank, rank + flights)) {
        for (int number = 1; number <= times; number++) {
          add(kind, times > 1 ? kind + "-" + number : kind, flight, value);
        }
      }
      rank += flights;
    }

    void add(String kind, List<Flight> flights, Function<Flight, byte @Nullable []> value) {
      flights.forEach(flight -> add(kind, kind, flight, value));
    }

    private void add(
        String kind, String numbered, Flight flight, Function<Flight, byte @Nullable []> value) {
      events.add(
          new Event(
              kind,
              order.key(flight.id(), numbered),
              flight.id().getBytes(UTF_8),
              value.apply(flight)));
    }
  }
}
