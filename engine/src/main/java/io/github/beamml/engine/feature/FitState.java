package io.github.beamml.engine.feature;

import io.github.beamml.engine.exact.Counts;
import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.exact.MergeableState;
import io.github.beamml.engine.exact.MinMax;
import io.github.beamml.engine.exact.Moments;
import io.github.beamml.engine.exact.QuantileCells;
import io.github.beamml.engine.exact.QuantileRefinement;
import io.github.beamml.engine.exact.StateClass;
import io.github.beamml.engine.exact.TermCounts;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Locale;

/** The mergeable state of one column in a pass: values go in, canonical bytes come out. */
final class FitState {
  /** The kinds of state; the name in lower case begins the state's key. */
  enum Kind {
    /** How many rows there were. */
    ROWS("row count"),
    SUM("exact sum"),
    MOMENTS("exact moments"),
    RANGE("minimum and maximum"),
    QUANTILES("quantile cells"),
    REFINEMENT("quantile refinement"),
    TERMS("term counts");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    FitState empty() {
      return switch (this) {
        case ROWS -> new FitState(this, Counts.ofSize(1));
        case SUM -> new FitState(this, ExactSum.empty());
        case MOMENTS -> new FitState(this, Moments.empty());
        case RANGE -> new FitState(this, MinMax.empty());
        case QUANTILES -> new FitState(this, QuantileCells.empty());
        case REFINEMENT -> throw new IllegalStateException("a refinement starts from cells");
        case TERMS -> new FitState(this, TermCounts.empty());
      };
    }

    FitState read(byte[] bytes) {
      return switch (this) {
        case ROWS -> new FitState(this, Counts.fromBytes(bytes));
        case SUM -> new FitState(this, ExactSum.fromBytes(bytes));
        case MOMENTS -> new FitState(this, Moments.fromBytes(bytes));
        case RANGE -> new FitState(this, MinMax.fromBytes(bytes));
        case QUANTILES -> new FitState(this, QuantileCells.fromBytes(bytes));
        case REFINEMENT -> new FitState(this, QuantileRefinement.fromBytes(bytes));
        case TERMS -> new FitState(this, TermCounts.fromBytes(bytes));
      };
    }

    StateClass stateClass() {
      return this == REFINEMENT ? StateClass.EXACT_IN_FURTHER_PASSES : empty().state.stateClass();
    }
  }

  private final Kind kind;
  private final MergeableState<?> state;

  FitState(Kind kind, MergeableState<?> state) {
    this.kind = kind;
    this.state = state;
  }

  Kind kind() {
    return kind;
  }

  /** The state as the class of its kind. */
  <T> T as(Class<T> type) {
    return type.cast(state);
  }

  byte[] bytes() {
    return state.canonicalBytes();
  }

  /**
   * @param other of the same kind
   */
  void merge(FitState other) {
    merge(state, other.state);
  }

  @SuppressWarnings("unchecked")
  private static <S extends MergeableState<S>> void merge(
      MergeableState<S> into, MergeableState<?> from) {
    into.merge((S) from);
  }

  /** Adds the values of a column; null and NaN count as missing and are passed over. */
  void add(Column column) {
    if (state instanceof TermCounts terms) {
      addTerms(terms, column);
      return;
    }
    double[] present = Numbers.present(column);
    if (state instanceof ExactSum sum) {
      sum.addAll(present, 0, present.length);
    } else if (state instanceof Moments moments) {
      moments.addAll(present, 0, present.length);
    } else if (state instanceof MinMax range) {
      range.addAll(present, 0, present.length);
    } else if (state instanceof QuantileCells cells) {
      cells.addAll(present, 0, present.length);
    } else if (state instanceof QuantileRefinement refinement) {
      refinement.addAll(present, 0, present.length);
    }
  }

  void addRows(int rows) {
    as(Counts.class).add(0, rows);
  }

  /** Doubles count as the 16 hexadecimal digits of their bits. */
  private static void addTerms(TermCounts counts, Column column) {
    if (column.type() == ValueType.DOUBLE) {
      for (double value : Numbers.present(column)) {
        counts.add(CanonicalJson.float64(value));
      }
      return;
    }
    StringColumn terms = Numbers.terms(column);
    counts.addAll(terms.dictionary(), terms.codes(), terms.nulls(), 0, terms.size());
  }
}
