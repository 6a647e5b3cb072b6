package io.github.beamml.engine.tree;

/**
 * A split of a node and what it gains; {@code g} and {@code h} are sums of the left child.
 *
 * @param feature -1 where there is no split
 */
record BoostingSplit(int feature, int bin, boolean missingLeft, long g, long h, double gain) {
  static final BoostingSplit NONE = new BoostingSplit(-1, 0, false, 0, 0, 0);

  boolean isFound() {
    return feature >= 0;
  }

  /** The better of two, this one where both gain the same. */
  BoostingSplit orBetter(BoostingSplit other) {
    return other.gain > gain ? other : this;
  }
}
