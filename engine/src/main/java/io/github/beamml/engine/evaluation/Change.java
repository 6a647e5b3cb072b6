package io.github.beamml.engine.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric minus the same metric of a baseline on the same rows.
 *
 * @param value absent if either is
 * @param interval of the paired differences, replicate by replicate; absent if the two were not
 *     bootstrapped alike, or too few replicates define both, and for slices, of which no replicates
 *     are kept
 * @param reason why value or interval is absent; empty if both are there
 */
public record Change(
    Metric metric, OptionalDouble value, Optional<Interval> interval, Optional<String> reason) {

  /** The change without an interval, for this reason; or without a value, for a reason found. */
  static Change withoutInterval(Estimate here, Estimate baseline, String reason) {
    if (here.value().isEmpty()) {
      return absent(here.metric(), here.reason().orElse("no value"));
    }
    if (baseline.value().isEmpty()) {
      return absent(here.metric(), "baseline: " + baseline.reason().orElse("no value"));
    }
    double change = here.value().getAsDouble() - baseline.value().getAsDouble();
    return new Change(
        here.metric(), OptionalDouble.of(change), Optional.empty(), Optional.of(reason));
  }

  static Change absent(Metric metric, String reason) {
    return new Change(metric, OptionalDouble.empty(), Optional.empty(), Optional.of(reason));
  }

  Change withReason(String newReason) {
    return new Change(metric, value, interval, Optional.of(newReason));
  }

  Change withInterval(Interval newInterval) {
    return new Change(metric, value, Optional.of(newInterval), Optional.empty());
  }
}
