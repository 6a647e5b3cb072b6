package io.github.beamml.engine.evaluation;

import java.util.List;

/**
 * The metrics of some rows: all of them, or a slice.
 *
 * @param tiedMass the share of pairs of a positive and a negative row whose margins tie: the AUC of
 *     the margins at full precision differs by at most half of it
 * @param estimates one for every metric, in the order of {@link Metric#all()}
 */
public record Group(Confusion confusion, double tiedMass, List<Estimate> estimates) {
  public Group {
    estimates = List.copyOf(estimates);
    if (estimates.size() != Metric.all().size()) {
      throw new IllegalArgumentException("not one estimate for every metric: " + estimates);
    }
  }

  public long rows() {
    return confusion.rows();
  }

  public long positives() {
    return confusion.positives();
  }

  public Estimate estimate(Metric metric) {
    return estimates.get(metric.ordinal());
  }
}
