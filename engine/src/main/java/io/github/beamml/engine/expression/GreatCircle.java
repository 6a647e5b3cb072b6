package io.github.beamml.engine.expression;

/** Distances on the earth, taken as a sphere. */
public final class GreatCircle {
  /** The mean radius R1 of the International Union of Geodesy and Geophysics (Moritz 2000). */
  private static final double EARTH_RADIUS_KILOMETERS = 6371.0088;

  private static final double RADIANS = Math.PI / 180;

  private GreatCircle() {}

  /**
   * The haversine formula, 2 R asin(sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2))), by {@link
   * StrictMath}; the root's argument is cut to at most 1. Against the ellipsoid it errs by up to
   * 0.5 %.
   *
   * @param latitude1 degrees, as all arguments; NaN gives NaN, and so does an infinity
   * @return kilometres
   */
  public static double kilometers(
      double latitude1, double longitude1, double latitude2, double longitude2) {
    double halfHeight = StrictMath.sin((latitude2 - latitude1) * RADIANS / 2);
    double halfWidth = StrictMath.sin((longitude2 - longitude1) * RADIANS / 2);
    double chord =
        halfHeight * halfHeight
            + StrictMath.cos(latitude1 * RADIANS)
                * StrictMath.cos(latitude2 * RADIANS)
                * halfWidth
                * halfWidth;
    return 2 * EARTH_RADIUS_KILOMETERS * StrictMath.asin(StrictMath.sqrt(chord > 1 ? 1 : chord));
  }
}
