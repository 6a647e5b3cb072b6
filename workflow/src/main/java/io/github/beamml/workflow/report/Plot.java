package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.Figures;
import java.util.List;

/** A square chart of shares: both axes go from 0 to 1. */
final class Plot {
  private static final double LEFT = 58;
  private static final double TOP = 12;
  private static final double SIDE = 276;
  private static final double[] TICKS = {0, 0.25, 0.5, 0.75, 1};

  private final Markup page;

  /** A point, in shares. */
  record Point(double x, double y) {}

  private Plot(Markup page) {
    this.page = page;
  }

  /**
   * Opens a chart with its axes; {@link #close} ends it.
   *
   * @param description for those who cannot see it
   */
  static Plot open(Markup page, String description, String xTitle, String yTitle) {
    page.open("svg", "viewBox", "0 0 346 340", "role", "img", "aria-label", description);
    Plot plot = new Plot(page);
    for (double tick : TICKS) {
      plot.tick(tick);
    }
    plot.label(LEFT + SIDE / 2, TOP + SIDE + 40, xTitle, "title");
    page.element(
        "text",
        yTitle,
        "class",
        "title",
        "transform",
        "translate(13 " + number(TOP + SIDE / 2) + ") rotate(-90)");
    return plot;
  }

  void close() {
    page.close();
  }

  private void tick(double at) {
    String x = x(at);
    String y = y(at);
    String grid = at == 0 ? "axis" : "grid";
    line(grid, x(0), y, x(1), y);
    line(grid, x, y(0), x, y(1));
    String text = Figures.decimal(at, at * 2 == StrictMath.rint(at * 2) ? 1 : 2);
    label(LEFT + at * SIDE, TOP + SIDE + 18, text, "tick");
    page.element(
        "text", text, "class", "tick end", "x", number(LEFT - 7), "y", number(ordinate(at) + 4));
  }

  private void label(double x, double y, String text, String style) {
    page.element("text", text, "class", style, "x", number(x), "y", number(y));
  }

  /** A dashed line to compare with. */
  void reference(Point from, Point to) {
    line("reference", x(from.x), y(from.y), x(to.x), y(to.y));
  }

  private void line(String style, String x1, String y1, String x2, String y2) {
    page.empty("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }

  /** A line through the points. */
  void curve(List<Point> points, String style) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : " L").append(x(point.x)).append(' ').append(y(point.y));
    }
    page.empty("path", "class", style, "d", path.toString());
  }

  /** The area between the points and the horizontal axis. */
  void area(List<Point> points) {
    StringBuilder path = new StringBuilder("M" + x(points.get(0).x) + " " + y(0));
    points.forEach(point -> path.append(" L").append(x(point.x)).append(' ').append(y(point.y)));
    path.append(" L")
        .append(x(points.get(points.size() - 1).x))
        .append(' ')
        .append(y(0))
        .append(" Z");
    page.empty("path", "class", "area", "d", path.toString());
  }

  /** A dot of a radius in pixels. */
  void dot(Point at, double radius, String style) {
    page.empty("circle", "class", style, "cx", x(at.x), "cy", y(at.y), "r", number(radius));
  }

  /** A marked point on a rising curve, with a text below it. */
  void markBelow(Point at, String text) {
    boolean right = at.x < 0.62;
    double x = LEFT + at.x * SIDE;
    mark(at, text, right ? "note" : "note end", x + (right ? 10 : 0), right ? 16 : 34);
  }

  /** A marked point on a falling curve, with a text above it. */
  void markAbove(Point at, String text) {
    boolean right = at.x < 0.66;
    mark(at, text, right ? "note" : "note end", LEFT + (right ? at.x * SIDE + 6 : SIDE), -13);
  }

  private void mark(Point at, String text, String style, double x, double down) {
    dot(at, 5, "mark");
    page.element("text", text, "class", style, "x", number(x), "y", number(ordinate(at.y) + down));
  }

  private static String x(double share) {
    return number(LEFT + share * SIDE);
  }

  private static String y(double share) {
    return number(ordinate(share));
  }

  private static double ordinate(double share) {
    return TOP + (1 - share) * SIDE;
  }

  private static String number(double value) {
    return Figures.decimal(value, 1);
  }
}
