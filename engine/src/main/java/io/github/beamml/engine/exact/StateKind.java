package io.github.beamml.engine.exact;

/** The kinds of state and their byte in the canonical form: never renumbered. */
enum StateKind {
  EXACT_SUM(1, "exact sum"),
  EXACT_PRODUCT_SUM(2, "exact product sum"),
  MOMENTS(3, "moments"),
  MIN_MAX(4, "min-max"),
  COUNTS(5, "counts"),
  QUANTILE_CELLS(6, "quantile cells"),
  QUANTILE_REFINEMENT(7, "quantile refinement"),
  TERM_COUNTS(8, "term counts");

  private final int code;
  private final String title;

  StateKind(int code, String title) {
    this.code = code;
    this.title = title;
  }

  int code() {
    return code;
  }

  /** The name in messages: {@code Cannot read <title>: <reason>}. */
  String title() {
    return title;
  }
}
