package io.github.beamml.engine.split;

import java.util.Locale;

/** The parts that a split puts rows into. A part's code is its ordinal. */
public enum Part {
  /** What features and models are fitted to. */
  TRAIN,
  /** What parameters and thresholds are chosen on. */
  VALIDATION,
  /** What a model is judged on. */
  TEST,
  /** In no part, such as a row without the time that the split reads. */
  NONE;

  private static final Part[] ALL = values();

  /** The name in definitions, reports and file names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public byte code() {
    return (byte) ordinal();
  }

  /** The part of a code that {@link Split#assign} gave. */
  public static Part ofCode(byte code) {
    return ALL[code];
  }
}
