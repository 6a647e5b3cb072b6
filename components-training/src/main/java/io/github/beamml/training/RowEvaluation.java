package io.github.beamml.training;

import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.engine.evaluation.Bootstrap;
import io.github.beamml.engine.evaluation.Evaluator;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.evaluation.SliceColumn;
import io.github.beamml.engine.expression.DeriveFn;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.SelectFn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation in memory: the same for the rows of a stage and for a user's own.
 *
 * @param model whose threshold holds
 * @param slices columns or expressions that parts of the rows are looked at by
 * @param seed of the bootstrap
 */
record RowEvaluation(SealedModel model, String label, List<Expression> slices, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The columns before those of the slices: row key and label. */
  private static final int FIRST_SLICE = 2;

  RowEvaluation {
    slices = new ArrayList<>(slices);
  }

  /** What makes the columns that {@link #scored} reads out of rows with label, key and scores. */
  List<BatchFn> functions() {
    Map<String, Expression> columns = new LinkedHashMap<>();
    slices.forEach(slice -> columns.put("slice" + columns.size() + "_slice", slice));
    List<String> names = new ArrayList<>(List.of(Field.ROW_KEY.name(), label));
    names.addAll(columns.keySet());
    names.add(Scores.MARGIN.name());
    names.add(Scores.PROBABILITY.name());
    SelectFn select = SelectFn.of(names);
    return columns.isEmpty() ? List.of(select) : List.of(DeriveFn.of(columns), select);
  }

  Evaluator evaluator() {
    return Evaluator.at(model.open().model().threshold())
        .withBootstrap(Bootstrap.of(seed))
        .withThreads(Runtime.getRuntime().availableProcessors());
  }

  ScoredRows scored(RowBatch rows) {
    List<SliceColumn> columns = new ArrayList<>();
    for (Expression slice : slices) {
      Column values = rows.column(FIRST_SLICE + columns.size());
      columns.add(SliceColumn.ofValues(slice.text(), texts(values)));
    }
    int margin = FIRST_SLICE + slices.size();
    return ScoredRows.of(
        ((DoubleColumn) rows.column(margin)).values().clone(),
        ((DoubleColumn) rows.column(margin + 1)).values().clone(),
        LabelledRows.labels(rows, label),
        LabelledRows.keys(rows),
        columns);
  }

  private static List<@Nullable String> texts(Column column) {
    List<@Nullable String> texts = new ArrayList<>(column.size());
    for (int row = 0; row < column.size(); row++) {
      @Nullable Object value = column.value(row);
      texts.add(value == null ? null : value.toString());
    }
    return texts;
  }
}
