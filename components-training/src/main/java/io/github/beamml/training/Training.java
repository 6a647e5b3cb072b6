package io.github.beamml.training;

import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Predictor;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.model.TreePredictor;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import java.io.Serializable;

/**
 * Training in memory: the same model for the same rows in any order.
 *
 * @param threshold the text of a {@link ThresholdRule}
 */
record Training(Trainer trainer, String label, String threshold) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The batches of a dataset's parts, by the number that they travel under. */
  static final int TRAIN = 0;

  static final int VALIDATION = 1;

  /**
   * Learns from prepared rows with label and row keys.
   *
   * @param validation looked at only if the threshold needs it
   */
  Model train(Preparation preparation, RowBatch train, RowBatch validation) {
    int threads = Runtime.getRuntime().availableProcessors();
    Predictor trees =
        new TreePredictor(
            trainer.train(
                preparation.matrix(train),
                TrainingRows.of(LabelledRows.labels(train, label), LabelledRows.keys(train)),
                threads,
                Progress.NONE));
    return new Model(
        label,
        trainer.name(),
        trainer.parameters(),
        ThresholdRule.parse(threshold)
            .resolve(LabelledRows.scored(preparation, trees, validation, label, threads)),
        preparation,
        trees);
  }
}
