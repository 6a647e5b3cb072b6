package io.github.beamml.workflow.stage;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.SelectFn;
import io.github.beamml.io.dataset.Dataset;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.ReaderDefinition;
import java.util.ArrayList;
import java.util.List;

/** The test rows of a run as they were read, before anything was looked up or derived. */
public final class TestRows {
  private TestRows() {}

  /** A chain that gives them with their row keys. */
  public static Chain chain(StageContext context) {
    Dataset raw = context.dataset(ReaderDefinition.STAGE);
    Preparation preparation =
        Preparation.read(context.artifact(FeatureDefinition.STAGE, FeatureStage.FEATURES));
    List<String> names = new ArrayList<>(raw.schema().names());
    names.add(Field.ROW_KEY.name());
    return FeatureStage.labelled(context.workflow().features(), raw, preparation.lookups())
        .then(context.workflow().split().test().fn())
        .then(SelectFn.of(names));
  }
}
