package io.github.beamml.portability;

import io.github.beamml.engine.InvalidInputException;
import java.io.Serializable;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * How a pipeline runs: a runner and its checked options. Immutable.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.create(RunnerProfile.direct().toPipelineOptions());
 * }</pre>
 */
public final class RunnerProfile implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String DIRECT = "direct";

  private final int parallelism;

  private RunnerProfile(int parallelism) {
    this.parallelism = parallelism;
  }

  /**
   * Everything in this process, on as many threads as there are processors. Beam's checks of
   * immutability and encodability are off: they make it 26 times slower and belong into tests.
   */
  public static RunnerProfile direct() {
    return new RunnerProfile(Math.max(1, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @param name as a profile file says it
   * @throws InvalidInputException if there is no such runner in this version
   */
  public static RunnerProfile named(String name) {
    if (!name.equals(DIRECT)) {
      throw InvalidInputException.of("runner", name, "direct in this version");
    }
    return direct();
  }

  /**
   * @throws InvalidInputException if it is less than 1
   */
  public RunnerProfile withParallelism(int newParallelism) {
    if (newParallelism < 1) {
      throw InvalidInputException.of("parallelism", newParallelism, "at least 1");
    }
    return new RunnerProfile(newParallelism);
  }

  /** The name in profiles and tables. */
  public String name() {
    return DIRECT;
  }

  public int parallelism() {
    return parallelism;
  }

  /** Options of Beam's for one pipeline: never shared between two. */
  public PipelineOptions toPipelineOptions() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return options;
  }

  /**
   * Options for a pipeline over what never ends: running it returns at once. Whoever knows that
   * enough has come cancels it.
   */
  public PipelineOptions toStreamOptions() {
    DirectOptions options = toPipelineOptions().as(DirectOptions.class);
    options.setBlockOnRun(false);
    return options;
  }
}
