package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.FeatureDefinition;
import java.util.ArrayList;
import java.util.List;

/** The test rows of a run as they were read, before anything was looked up or derived. */
public final class TestRows {
  private TestRows() {}

  /** A chain that gives them with their row keys. */
  public static Chain chain(StageContext context) {
    FeatureDefinition definition = context.workflow().features();
    Dataset raw = FeatureStage.rawRows(context);
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    List<BatchFn> functions =
        new ArrayList<>(Preparation.enrichment(preparation.lookups(), definition.derived()));
    functions.addAll(FeatureStage.labelling(definition));
    functions.add(context.workflow().split().test().fn());
    functions.add(preparation.features().fn());
    return Chain.from(raw.source()).then(PassingRowsFn.through(functions));
  }
}
