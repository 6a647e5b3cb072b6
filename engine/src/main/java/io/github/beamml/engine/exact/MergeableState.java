package io.github.beamml.engine.exact;

import java.util.Optional;

/**
 * A state that is built from parts in any order and shape: {@code merge(a, b)} equals {@code
 * compute(a + b)} bit for bit.
 *
 * <p>States are mutable accumulators for one thread; reading one changes nothing, so that a state
 * that nobody feeds any more may be read by several threads.
 *
 * @param <S> the state's own type
 */
public interface MergeableState<S extends MergeableState<S>> {

  /** Adds everything that {@code other} holds to this state; {@code other} stays as it is. */
  void merge(S other);

  /** Returns an independent state with the same content. */
  S copy();

  /**
   * Returns the state as bytes: equal exactly when the states are equal, the same on every JVM. The
   * first byte is the version of the format, the second the kind of state.
   */
  byte[] canonicalBytes();

  /** Returns what a result read from this state promises. */
  StateClass stateClass();

  /**
   * Returns why no other state can be subtracted from this one (as the reason in {@code Cannot
   * subtract ...: <reason>}), or empty when that is possible; see {@link SubtractableState}.
   */
  Optional<String> whyNotSubtractable();
}
