package io.github.beamml.training;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;

/**
 * Makes trainers of one kind from parameters. Found by {@link java.util.ServiceLoader}, so that a
 * trainer comes with its module.
 */
public interface TrainerFactory {
  /** Name, description and parameters of the trainer. */
  Descriptor descriptor();

  /**
   * @throws io.github.beamml.engine.InvalidInputException if a value is out of its range
   */
  Trainer create(Configuration configuration);
}
