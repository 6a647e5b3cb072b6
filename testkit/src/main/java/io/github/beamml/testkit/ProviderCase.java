package io.github.beamml.testkit;

import io.github.beamml.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of a component, the rows that it is given, and what must come of them. Immutable;
 * see {@link ProviderContract}.
 *
 * <pre>{@code
 * ProviderCase commas = ProviderCase.of(Map.of("path", file, "schema", "{id: int64}")).gives(rows);
 * ProviderCase semicolons = commas.with("separator", ";").fails("Cannot continue read_csv: ...");
 * }</pre>
 */
public final class ProviderCase {
  /** The typed transform that a case is equal to. */
  @FunctionalInterface
  public interface Typed {
    /**
     * @param inputs the rows of the case by the names of the inputs
     * @return rows, where the component has any
     */
    POutput apply(Pipeline pipeline, Map<String, PCollection<Row>> inputs);
  }

  private final Map<String, Object> configuration;
  private final Map<String, RowBatch> inputs;
  private final @Nullable Object seen;
  private final @Nullable String failure;
  private final List<String> deadLetters;
  private final @Nullable Typed typed;

  private ProviderCase(
      Map<String, Object> configuration,
      Map<String, RowBatch> inputs,
      @Nullable Object seen,
      @Nullable String failure,
      List<String> deadLetters,
      @Nullable Typed typed) {
    this.configuration = configuration;
    this.inputs = inputs;
    this.seen = seen;
    this.failure = failure;
    this.deadLetters = deadLetters;
    this.typed = typed;
  }

  /**
   * @param configuration parameters as other SDKs give them: String, Long, Double, Boolean, List of
   *     String or Map of String to String
   */
  public static ProviderCase of(Map<String, ?> configuration) {
    return new ProviderCase(
        new TreeMap<>(configuration), new TreeMap<>(), null, null, List.of(), null);
  }

  /** The rows of the only input, {@code input}; what must come of them is to be said anew. */
  public ProviderCase input(RowBatch rows) {
    return input("input", rows);
  }

  /** The rows of an input; what must come of them is to be said anew. */
  public ProviderCase input(String name, RowBatch rows) {
    Map<String, RowBatch> more = new TreeMap<>(inputs);
    more.put(name, rows);
    return new ProviderCase(configuration, more, null, null, List.of(), null);
  }

  /** The same with another value; what must come of it is to be said anew. */
  public ProviderCase with(String parameter, Object value) {
    Map<String, Object> changed = new TreeMap<>(configuration);
    changed.put(parameter, value);
    return new ProviderCase(changed, inputs, null, null, List.of(), null);
  }

  /** The same without a parameter; what must come of it is to be said anew. */
  public ProviderCase without(String parameter) {
    Map<String, Object> changed = new TreeMap<>(configuration);
    changed.remove(parameter);
    return new ProviderCase(changed, inputs, null, null, List.of(), null);
  }

  /**
   * @param expected what {@link ProviderContract#seen} must give: a {@link RowBatch} with the
   *     output's schema and rows, in any order, unless the contract looks at something else
   */
  public ProviderCase gives(Object expected) {
    Object comparable = expected instanceof RowBatch rows ? ProviderRun.rows(rows) : expected;
    return new ProviderCase(configuration, inputs, comparable, failure, deadLetters, typed);
  }

  /**
   * @param message of the failure, at construction or later: all of it
   */
  public ProviderCase fails(String message) {
    return new ProviderCase(configuration, inputs, seen, message, deadLetters, typed);
  }

  /**
   * The case has bad records: beside what it {@link #gives} they are dead letters with these
   * messages where {@code error_handling} asks for them, and else the first of them fails.
   */
  public ProviderCase deadLetters(String... messages) {
    return new ProviderCase(configuration, inputs, seen, failure, List.of(messages), typed);
  }

  /** The typed transform gives the same. */
  public ProviderCase like(Typed transform) {
    return new ProviderCase(configuration, inputs, seen, failure, deadLetters, transform);
  }

  Map<String, Object> configuration() {
    return configuration;
  }

  Map<String, RowBatch> inputs() {
    return inputs;
  }

  @Nullable Object seen() {
    return seen;
  }

  @Nullable String failure() {
    return failure;
  }

  List<String> deadLetters() {
    return deadLetters;
  }

  @Nullable Typed typed() {
    return typed;
  }

  /** All that must come of it. */
  private List<@Nullable Object> expectation() {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(seen);
    all.add(failure);
    all.add(deadLetters);
    return all;
  }

  /** Whether the two differ in this parameter alone, and in what comes of it. */
  boolean shows(String parameter, ProviderCase other) {
    return !expectation().equals(other.expectation())
        && rowsOf(inputs).equals(rowsOf(other.inputs))
        && !configuration.equals(other.configuration)
        && without(parameter).configuration.equals(other.without(parameter).configuration);
  }

  private static Map<String, ProviderRun.Rows> rowsOf(Map<String, RowBatch> inputs) {
    Map<String, ProviderRun.Rows> rows = new TreeMap<>();
    inputs.forEach((name, batch) -> rows.put(name, ProviderRun.rows(batch)));
    return rows;
  }

  @Override
  public String toString() {
    return "case " + configuration;
  }
}
