package io.github.beamml.engine.feature;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.exact.Counts;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the training rows that fits all steps of a level: accumulators anywhere take
 * batches and give states by key, {@link #merge} joins two states of one key, and {@link #finish}
 * gives the next pass or the fitted features. Neither the order of rows nor the shape of batches,
 * accumulators and merging changes a byte of the result.
 *
 * <p>Immutable and serializable, so that it travels to workers in a job's graph.
 */
public final class FitPass implements Fitting {
  private static final long serialVersionUID = 1L;
  private static final String ROWS = FitState.Kind.ROWS.label();

  private final FeaturePlan plan;
  private final RowSchema input;
  private final int number;
  private final String progressJson;
  private transient volatile @Nullable Work work;

  /** What the pass does, made again where it arrives. */
  private record Work(BoundPlan bound, FitProgress progress, List<Task> tasks) {}

  /**
   * A state to fill.
   *
   * @param key names the state among all of the pass
   * @param value what goes into it
   * @param nodes what it fits
   * @param seed what an empty one is; null for one without a seed
   */
  record Task(
      String key, FitState.Kind kind, int value, List<Integer> nodes, byte @Nullable [] seed) {
    FitState empty() {
      return seed == null ? kind.empty() : kind.read(seed);
    }
  }

  private FitPass(FeaturePlan plan, RowSchema input, int number, FitProgress progress) {
    this.plan = plan;
    this.input = input;
    this.number = number;
    this.progressJson = CanonicalJson.text(progress.toJson());
  }

  static FitPass first(FeaturePlan plan, RowSchema input) {
    FitPass pass = new FitPass(plan, input, 1, new FitProgress());
    pass.work();
    return pass;
  }

  /** Counts from 1. */
  public int number() {
    return number;
  }

  /** The columns of the training rows. */
  public RowSchema inputSchema() {
    return input;
  }

  /** Whether there is anything to fit; else {@link #finish} may be called with no states. */
  public boolean needsRows() {
    return !work().tasks().isEmpty();
  }

  /** A new accumulator for one thread. */
  public FitAccumulator accumulator() {
    Work mine = work();
    return new FitAccumulator(mine.bound(), mine.progress(), mine.tasks());
  }

  /**
   * Joins two states of one key.
   *
   * @throws CannotException if the bytes are no states of that key
   */
  public static byte[] merge(String key, byte[] a, byte[] b) {
    FitState.Kind kind = kind(key);
    FitState state = kind.read(a);
    state.merge(kind.read(b));
    return state.bytes();
  }

  /** Joins any number of states of one key; each is read once. */
  public static byte[] merge(String key, Iterable<byte[]> states) {
    FitState.Kind kind = kind(key);
    FitState merged = null;
    for (byte[] bytes : states) {
      FitState next = kind.read(bytes);
      if (merged == null) {
        merged = next;
      } else {
        merged.merge(next);
      }
    }
    if (merged == null) {
      throw new IllegalArgumentException("no states of " + key);
    }
    return merged.bytes();
  }

  private static FitState.Kind kind(String key) {
    for (FitState.Kind kind : FitState.Kind.values()) {
      if (key.equals(kind.label()) || key.startsWith(kind.label() + "/")) {
        return kind;
      }
    }
    throw CannotException.to("merge states", "there is no state " + key);
  }

  /**
   * Ends the pass.
   *
   * @param merged the states of all training rows by key, as accumulators gave them; a key that no
   *     accumulator gave counts as a state of no rows
   * @return the next pass, or the fitted features
   * @throws CannotException if nothing can be fitted to these rows, such as a column without values
   */
  public Fitting finish(SortedMap<String, byte[]> merged) {
    Work mine = work();
    FitProgress progress = mine.progress().copy();
    long rows = rows(merged);
    if (!mine.tasks().isEmpty() && rows == 0) {
      throw CannotException.to("fit features", "there are no training rows");
    }
    progress.refining().clear();
    for (Task task : mine.tasks()) {
      byte[] bytes = merged.get(task.key());
      FitState state = bytes == null ? task.empty() : task.kind().read(bytes);
      for (int index : task.nodes()) {
        finish(index, mine.bound().nodes().get(index), state, progress);
      }
    }
    return progress.isComplete(mine.bound().nodes())
        ? FittedFeatures.of(plan, mine.bound().requiredInput(), rows, progress)
        : new FitPass(plan, input, number + 1, progress);
  }

  private static void finish(int index, Node node, FitState state, FitProgress progress) {
    Fit fit = node.fit();
    if (fit == null) {
      throw new IllegalStateException(node.place() + " fits nothing");
    }
    Fit.Result result = fit.finish(node, state);
    if (result.fitted() != null) {
      progress.fitted().put(index, result.fitted());
    } else if (result.further() != null) {
      progress.refining().put(index, result.further().bytes());
    }
  }

  private static long rows(SortedMap<String, byte[]> merged) {
    byte[] bytes = merged.get(ROWS);
    return bytes == null ? 0 : Counts.fromBytes(bytes).get(0);
  }

  private Work work() {
    Work mine = work;
    if (mine == null) {
      BoundPlan bound = plan.bind(input);
      FitProgress progress =
          FitProgress.fromJson(CanonicalJson.parse("the progress of fitting", progressJson));
      mine = new Work(bound, progress, tasks(bound, progress));
      work = mine;
    }
    return mine;
  }

  /** The states of the nodes whose inputs can be computed by now; equal ones are shared. */
  private static List<Task> tasks(BoundPlan bound, FitProgress progress) {
    Map<String, Task> shared = new TreeMap<>();
    List<Task> tasks = new ArrayList<>();
    boolean[] known = new boolean[bound.valueCount()];
    for (int i = 0; i < bound.input().size(); i++) {
      known[i] = true;
    }
    for (int i = 0; i < bound.nodes().size(); i++) {
      Node node = bound.nodes().get(i);
      boolean ready = true;
      for (int id : node.inputs()) {
        ready &= known[id];
      }
      Fit fit = node.fit();
      boolean done = fit == null || progress.fitted().containsKey(i);
      if (ready && done) {
        for (int id : node.outputs()) {
          known[id] = true;
        }
      } else if (ready && fit != null) {
        Task task = task(bound, i, fit, progress.refining().get(i));
        Task same = shared.putIfAbsent(task.key(), task);
        if (same == null) {
          tasks.add(task);
        } else {
          same.nodes().add(i);
        }
      }
    }
    return tasks;
  }

  private static Task task(BoundPlan bound, int index, Fit fit, byte @Nullable [] seed) {
    int value = bound.nodes().get(index).inputs()[0];
    FitState.Kind kind = seed == null ? fit.kind() : FitState.Kind.REFINEMENT;
    String label = bound.value(value).label();
    String key = kind.label() + "/" + label + (seed == null ? "" : "/" + index);
    return new Task(key, kind, value, new ArrayList<>(List.of(index)), seed);
  }
}
