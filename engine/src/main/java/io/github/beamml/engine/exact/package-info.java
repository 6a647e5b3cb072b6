/**
 * Exact, mergeable arithmetic: sums, moments, quantile cells and term counts whose states depend
 * only on the multiset of values that they saw, never on order, threads or the shape of merging.
 *
 * <p>Every state is a {@link io.github.beamml.engine.exact.MergeableState}: {@code merge(a, b)}
 * equals {@code compute(a + b)} bit for bit, and equal states have equal {@link
 * io.github.beamml.engine.exact.MergeableState#canonicalBytes() canonical bytes}.
 */
@NullMarked
package io.github.beamml.engine.exact;

import org.jspecify.annotations.NullMarked;
