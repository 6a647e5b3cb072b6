package io.github.beamml.engine.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric minus the same metric of a baseline on the same rows.
 *
 * @param value absent if either is
 * @param interval of the paired differences, replicate by replicate; absent if the two were not
 *     bootstrapped alike, or too few replicates define both
 * @param reason why value or interval is absent; empty if both are there
 */
public record Change(
    Metric metric, OptionalDouble value, Optional<Interval> interval, Optional<String> reason) {}
