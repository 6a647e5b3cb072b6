package io.github.beamml.engine.feature;

import io.github.beamml.engine.exact.Counts;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes training rows and gives their states; for one thread. */
public final class FitAccumulator {
  private final BoundPlan bound;
  private final @Nullable Kernel[] kernels;
  private final boolean[] run;
  private final List<FitPass.Task> tasks;
  private final FitState[] states;
  private final Counts rows = Counts.ofSize(1);

  FitAccumulator(BoundPlan bound, FitProgress progress, List<FitPass.Task> tasks) {
    this.bound = bound;
    this.kernels = progress.kernels(bound.nodes());
    List<Integer> wanted = new ArrayList<>(bound.rejecting(kernels));
    tasks.forEach(task -> wanted.add(task.value()));
    this.run = bound.nodesFor(wanted);
    this.tasks = tasks;
    this.states = tasks.stream().map(FitPass.Task::empty).toArray(FitState[]::new);
  }

  /**
   * Adds rows, but for those that applying will leave out as bad records: in every pass that has
   * what it takes to know them. So a row is known from the first pass on unless it fails only
   * because of what was fitted.
   *
   * @param batch of the columns that the pass was made for
   */
  public void add(RowBatch batch) {
    if (!batch.schema().equals(bound.input()) && !hasSameColumns(batch.schema())) {
      throw new IllegalArgumentException(batch.schema() + " where " + bound.input() + " is due");
    }
    Rejections rejections = new Rejections(batch.size());
    @Nullable Column[] columns = bound.run(batch, kernels, run, rejections);
    int[] kept = rejections.isEmpty() ? null : rejections.kept();
    for (int i = 0; i < states.length; i++) {
      Column column = columns[tasks.get(i).value()];
      if (column == null) {
        throw new IllegalStateException("value of " + tasks.get(i).key() + " was not computed");
      }
      states[i].add(kept == null ? column : column.take(kept));
    }
    rows.add(0, kept == null ? batch.size() : kept.length);
  }

  /** Whether a schema differs in nullability alone: no state depends on it. */
  private boolean hasSameColumns(RowSchema schema) {
    RowSchema due = bound.input();
    boolean same = schema.size() == due.size();
    for (int i = 0; same && i < due.size(); i++) {
      same =
          schema.field(i).name().equals(due.field(i).name())
              && schema.field(i).type() == due.field(i).type();
    }
    return same;
  }

  /** The states so far by key, as canonical bytes; none before the first row. */
  public SortedMap<String, byte[]> states() {
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    if (rows.get(0) > 0 && !tasks.isEmpty()) {
      bytes.put(FitState.Kind.ROWS.label(), rows.canonicalBytes());
      for (int i = 0; i < states.length; i++) {
        bytes.put(tasks.get(i).key(), states[i].bytes());
      }
    }
    return bytes;
  }
}
