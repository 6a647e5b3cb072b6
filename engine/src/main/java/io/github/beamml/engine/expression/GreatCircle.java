package io.github.beamml.engine.expression;

/** Distances on the earth, taken as a sphere. */
public final class GreatCircle {
  /** The mean radius R1 of the International Union of Geodesy and Geophysics (Moritz 2000). */
  private static final double EARTH_RADIUS_KILOMETERS = 6371.0088;

  private GreatCircle() {}

  /**
   * The haversine formula, 2 R asin(sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2))), by {@link
   * StrictMath}. Against the ellipsoid it errs by up to 0.5 %.
   *
   * @param latitude1 degrees, as all arguments; NaN gives NaN, and so does an infinity
   * @return kilometres
   */
  public static double kilometers(
      double latitude1, double longitude1, double latitude2, double longitude2) {
    double phi1 = StrictMath.toRadians(latitude1);
    double phi2 = StrictMath.toRadians(latitude2);
    double sinPhi = StrictMath.sin((phi2 - phi1) / 2);
    double sinLambda = StrictMath.sin(StrictMath.toRadians(longitude2 - longitude1) / 2);
    double chord =
        sinPhi * sinPhi + StrictMath.cos(phi1) * StrictMath.cos(phi2) * sinLambda * sinLambda;
    return 2 * EARTH_RADIUS_KILOMETERS * StrictMath.asin(StrictMath.sqrt(StrictMath.min(1, chord)));
  }
}
