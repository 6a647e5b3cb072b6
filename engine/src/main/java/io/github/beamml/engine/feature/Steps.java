package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The steps that a {@link FeaturePlan} is made of. For static import:
 *
 * <pre>{@code
 * FeaturePlan plan = FeaturePlan.of(
 *     impute("temp").withMedian(),
 *     standardize("temp", "wind_speed"),
 *     cyclic("sched_dep").hour().weekday(),
 *     oneHot("carrier").minCount(100));
 * }</pre>
 */
public final class Steps {
  private static final Map<String, Reader> READERS = readers();

  /**
   * Reads one kind of step.
   *
   * @param keys all its parameters
   * @param read makes the step from its parameters and the zone of steps that name none
   */
  private record Reader(List<String> keys, BiFunction<Parameters, String, Step> read) {}

  private Steps() {}

  /** Puts a value where there is none: the mean unless said otherwise. */
  public static Impute impute(String... columns) {
    return Impute.of(columns);
  }

  /** (x - mean) / standard deviation. */
  public static Standardize standardize(String... columns) {
    return Standardize.of(columns);
  }

  /** The training rows' range to [0, 1] or another range. */
  public static MinMaxScale minMax(String... columns) {
    return MinMaxScale.of(columns);
  }

  /** Buckets that the training rows fill about equally. */
  public static QuantileBuckets quantileBuckets(String... columns) {
    return QuantileBuckets.of(columns);
  }

  /** Buckets between given boundaries. */
  public static Buckets buckets(String... columns) {
    return Buckets.of(columns);
  }

  /** The position of a category in a vocabulary. */
  public static VocabularyIndex index(String... columns) {
    return VocabularyIndex.of(columns);
  }

  /** An array with one number for each category. */
  public static OneHot oneHot(String... columns) {
    return OneHot.of(columns);
  }

  /** Parts of a time as points on a circle. */
  public static Cyclic cyclic(String column) {
    return Cyclic.of(column);
  }

  /** The distance from the place in these columns, in degrees, to another. */
  public static Haversine haversine(String latitude, String longitude) {
    return Haversine.of(latitude, longitude);
  }

  /** A new column computed by an expression. */
  public static Derive derive(String as, String is) {
    return Derive.of(as, is);
  }

  /** Gives columns other names. */
  public static Rename rename(String... columns) {
    return Rename.of(columns);
  }

  /** Keeps only these columns. */
  public static Select select(String... columns) {
    return Select.of(columns);
  }

  /** Leaves out columns. */
  public static Drop drop(String... columns) {
    return Drop.of(columns);
  }

  /** Makes columns features as they are. */
  public static Keep keep(String... columns) {
    return Keep.of(columns);
  }

  /** The names of all steps. */
  static List<String> names() {
    return List.copyOf(READERS.keySet());
  }

  /**
   * @param key the step's place, such as {@code features[1]}
   * @param zone of steps that name none
   */
  static Step read(String key, JsonNode node, String zone) {
    if (!node.isObject() || node.size() != 1) {
      throw InvalidInputException.of(key, node, "one step such as {standardize: [temp]}");
    }
    String name = node.fieldNames().next();
    Reader reader = READERS.get(name);
    if (reader == null) {
      throw InvalidInputException.unknown(key, name, "a step", READERS.keySet());
    }
    Parameters parameters = new Parameters(key, node.path(name));
    parameters.refuseUnknown(reader.keys());
    return reader.read().apply(parameters, zone);
  }

  /** A step with an output for each column. */
  private static Reader each(String more, Function<Parameters, Step> read) {
    return alone("columns column as " + more, read);
  }

  private static Reader alone(String keys, Function<Parameters, Step> read) {
    return new Reader(keys(keys), (parameters, zone) -> read.apply(parameters));
  }

  private static List<String> keys(String words) {
    return List.of(words.strip().split(" "));
  }

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put(Impute.NAME, each("with value indicator exact", Impute::read));
    readers.put(Standardize.NAME, each("", Standardize::read));
    readers.put(MinMaxScale.NAME, each("low high clip", MinMaxScale::read));
    readers.put(QuantileBuckets.NAME, each("buckets exact", QuantileBuckets::read));
    readers.put(Buckets.NAME, each("boundaries", Buckets::read));
    readers.put(VocabularyIndex.NAME, each(Vocabulary.KEYS, VocabularyIndex::read));
    readers.put(OneHot.NAME, each(Vocabulary.KEYS, OneHot::read));
    readers.put(Cyclic.NAME, new Reader(keys("columns column as parts zone"), Cyclic::read));
    readers.put(Haversine.NAME, alone("from to as", Haversine::read));
    readers.put(Derive.NAME, new Reader(keys("as is zone"), Derive::read));
    readers.put(Rename.NAME, each("", Rename::read));
    readers.put(Select.NAME, alone("columns column", Select::read));
    readers.put(Drop.NAME, alone("columns column", Drop::read));
    readers.put(Keep.NAME, alone("columns column", Keep::read));
    return readers;
  }
}
