package io.github.beamml.workflow.publish;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.workflow.publish.flights.FlightPlanting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file whose rows fill a topic: Parquet ({@code .parquet}), CSV with a header ({@code .csv}) or
 * JSON lines ({@code .jsonl}, {@code .json}); the latter two also as {@code .gz}. Immutable.
 *
 * <pre>
 * connections:
 *   flights:
 *     embedded: {sample: data/flights.parquet, topic: flights-topic, partitions: 4}
 * </pre>
 */
public final class Sample {
  private static final String FLIGHTS = "flights";

  private final String file;
  private final List<String> key;
  private final @Nullable RowSchema schema;
  private final String plant;
  private final long order;

  private Sample(
      String file, List<String> key, @Nullable RowSchema schema, String plant, long order) {
    this.file = file;
    this.key = List.copyOf(key);
    this.schema = schema;
    this.plant = plant;
    this.order = order;
  }

  /** The rows of a file, without record keys, in the first order. */
  public static Sample of(String file) {
    return new Sample(file, List.of(), null, "", 1);
  }

  /** Gives records the text of these columns, with a slash between them, as their keys. */
  public Sample withKey(List<String> columns) {
    return new Sample(file, columns, schema, plant, order);
  }

  /**
   * Says what the columns of a CSV file are; without it they are all text. Other formats know their
   * types.
   */
  public Sample withSchema(RowSchema types) {
    return new Sample(file, key, types, plant, order);
  }

  /**
   * Plants events among those of the rows.
   *
   * @param name {@code flights}: duplicates, dead letters and events outside the window of the
   *     flight-delays example; empty for nothing
   * @throws InvalidInputException if nothing of that name can be planted
   */
  public Sample withPlant(String name) {
    if (!name.isEmpty() && !name.equals(FLIGHTS)) {
      throw InvalidInputException.unknown("plant", name, "something to plant", List.of(FLIGHTS));
    }
    return new Sample(file, key, schema, name, order);
  }

  /** Publishes the same events in another order: see {@link EventOrder#number}. */
  public Sample withOrder(long number) {
    EventOrder.number(number);
    return new Sample(file, key, schema, plant, number);
  }

  String file() {
    return file;
  }

  List<String> key() {
    return key;
  }

  @Nullable RowSchema schema() {
    return schema;
  }

  Planting planting() {
    return plant.equals(FLIGHTS) ? new FlightPlanting() : Planting.NOTHING;
  }

  /** The kind of the events that are rows of the file. */
  String rowKind() {
    return plant.equals(FLIGHTS) ? FlightPlanting.ROW_KIND : "row";
  }

  EventOrder order() {
    return EventOrder.number(order);
  }
}
