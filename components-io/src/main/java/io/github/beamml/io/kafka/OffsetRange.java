package io.github.beamml.io.kafka;

import java.io.Serializable;

/**
 * Offsets of one partition from {@code begin} to before {@code end}; fewer records than offsets may
 * be there.
 */
public record OffsetRange(int partition, long begin, long end) implements Serializable {
  public long size() {
    return end - begin;
  }
}
