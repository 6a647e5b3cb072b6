package io.github.beamml.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.io.Serializable;

/** Learns a model of two classes from rows in memory. */
public interface Trainer extends Serializable {
  /** The name in workflows and manifests, such as {@code histogram_forest}. */
  String name();

  /** All parameters with their values, defaults too; equal for equal trainers. */
  ObjectNode parameters();

  /** How far the same bytes can be promised. */
  default Sameness sameness() {
    return Sameness.EVERYWHERE;
  }

  /**
   * Trains. The result may depend on the rows as a set, never on their order.
   *
   * @param threads how many may work at a time; changes nothing but the speed
   */
  TreeEnsemble train(FeatureMatrix features, TrainingRows rows, int threads, Progress progress);

  /** Where training again gives the same bytes. */
  enum Sameness {
    /** On every runner, any JDK, any order of rows, any number of threads. */
    EVERYWHERE,
    /** In any order of rows and on every runner, but on one version of the JDK. */
    ON_ONE_JDK
  }
}
