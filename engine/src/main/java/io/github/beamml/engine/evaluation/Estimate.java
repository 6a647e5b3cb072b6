package io.github.beamml.engine.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric on some rows.
 *
 * @param value absent if the rows do not define it
 * @param interval absent if the value is, or if too few bootstrap replicates define it
 * @param reason why value or interval is absent; empty if both are there
 */
public record Estimate(
    Metric metric, OptionalDouble value, Optional<Interval> interval, Optional<String> reason) {}
