package io.github.beamml.engine.exact;

import java.util.Optional;

/**
 * A state that can forget: state minus the state of some of its rows equals, bit for bit, the state
 * of a fit that never saw those rows.
 *
 * <p>The rows to forget must be among those that the state saw. Counts that would become negative
 * are refused; a value that was never added cannot be recognised in a sum.
 *
 * @param <S> the state's own type
 */
public interface SubtractableState<S extends SubtractableState<S>> extends MergeableState<S> {

  /**
   * Removes everything that {@code other} holds from this state; {@code other} stays as it is, and
   * so does this state when the subtraction is refused.
   *
   * @throws io.github.beamml.engine.CannotException when {@link #whyNotSubtractable()} names a
   *     reason, or {@code other} holds more than this state
   */
  void subtract(S other);

  /** Empty, unless a state says otherwise: anything that was added can be subtracted. */
  @Override
  default Optional<String> whyNotSubtractable() {
    return Optional.empty();
  }
}
