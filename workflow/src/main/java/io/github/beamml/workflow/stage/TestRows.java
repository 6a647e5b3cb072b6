package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.workflow.definition.FeatureDefinition;
import java.util.ArrayList;
import java.util.List;

/** The test rows of a run as they were read, before anything was looked up or derived. */
public final class TestRows {
  private TestRows() {}

  /** A chain that gives them with their row keys. */
  public static Chain chain(StageContext context) {
    return Chain.from(FeatureStage.rawRows(context).source())
        .then(PassingRowsFn.through(functions(context)));
  }

  /**
   * Makes of them what this run makes of its rows.
   *
   * @param rows those of {@link #chain}, maybe with columns of the library's own, which stay
   */
  static Chain prepared(StageContext context, Chain rows) {
    Chain prepared = rows;
    for (BatchFn function : functions(context)) {
      prepared = prepared.then(function);
    }
    return prepared;
  }

  /** All that happens to a row on its way to the test part. */
  private static List<BatchFn> functions(StageContext context) {
    FeatureDefinition definition = context.workflow().features();
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    List<BatchFn> functions =
        new ArrayList<>(Preparation.enrichment(preparation.lookups(), definition.derived()));
    functions.addAll(FeatureStage.labelling(definition));
    functions.add(context.workflow().split().test().fn());
    functions.add(preparation.features().fn());
    return functions;
  }
}
