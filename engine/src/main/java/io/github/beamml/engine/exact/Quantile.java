package io.github.beamml.engine.exact;

/**
 * A quantile and how far it may be off.
 *
 * @param value the value; where the rank error is not 0, the leading bits of the true value with
 *     all others zero
 * @param rankError at most this share of all values lies between {@code value} and the true
 *     quantile; 0 if it is exact
 */
public record Quantile(double value, double rankError) {
  /** Tells whether the value is the true quantile. */
  public boolean isExact() {
    return rankError == 0;
  }
}
