import io.github.beamml.engine.exact.ExactProductSum;
import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.exact.MinMax;
import io.github.beamml.engine.exact.Moments;
import io.github.beamml.engine.exact.QuantileCells;
import io.github.beamml.engine.exact.QuantileRefinement;
import io.github.beamml.engine.exact.TermCounts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Nanoseconds an element of the exact arithmetic, beside the plain loop that is its limit: the
 * thread's own time for 2^20 elements, best and median run. Start it with {@code benchmarks/run
 * exact}.
 */
final class ExactArithmetic {
  private static final int SIZE = 1 << 20;
  private static final int RUNS = 9;
  private static final long PHASE_NANOS = 500_000_000L;

  /** The thread's own time: what other processes do is not counted. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /** Keeps results alive. */
  private static double sink;

  private ExactArithmetic() {}

  public static void main(String[] arguments) {
    System.out.printf(
        Locale.ROOT,
        "Java %s, %s, %d elements, one thread%n%n",
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        SIZE);
    Map<String, double[]> columns = columns();
    sums(columns);
    moments(columns);
    quantiles(columns);
    terms();
    if (sink == 42) {
      System.out.println();
    }
  }

  private static void sums(Map<String, double[]> columns) {
    head("sum");
    columns.forEach((name, x) -> measure("ExactSum.addAll", name, () -> sink += exactSum(x, null)));
    double[] normal = columns.get("normal");
    long[] nulls = nulls();
    measure("ExactSum.addAll, nulls", "a fifth null", () -> sink += exactSum(normal, nulls));
    measure("ExactSum.add", "normal", () -> sink += exactSumOneByOne(normal));
    measure("limit: double +=", "normal", () -> sink += plainSum(normal));
    head("product");
    columns.forEach(
        (name, x) -> measure("ExactProductSum.addAll", name, () -> sink += exactProducts(x, x)));
    measure(
        "ExactProductSum.addAll",
        "two columns",
        () -> sink += exactProducts(normal, columns.get("uniform")));
    measure("limit: double += x * y", "normal", () -> sink += plainProducts(normal, normal));
  }

  private static void moments(Map<String, double[]> columns) {
    head("mean and variance, minimum and maximum");
    double[] normal = columns.get("normal");
    measure("Moments.addAll", "normal", () -> sink += exactMoments(normal));
    measure("limit: Welford", "normal", () -> sink += welford(normal));
    measure("MinMax.addAll", "normal", () -> sink += minMax(normal));
  }

  private static void quantiles(Map<String, double[]> columns) {
    head("quantile cells (a state's first million values: growing and cutting included)");
    Map<String, double[]> inputs = new LinkedHashMap<>();
    Random random = new Random(2);
    inputs.put("100 values", fill(() -> random.nextInt(100)));
    inputs.put("50,000 values", fill(() -> random.nextInt(50_000) / 100.0));
    inputs.put("normal", columns.get("normal"));
    inputs.put("1e9 + normal", fill(() -> 1e9 + random.nextGaussian()));
    inputs.put("milliseconds", fill(() -> 1.7e12 + random.nextInt(Integer.MAX_VALUE)));
    inputs.put("any bits", columns.get("any exponent"));
    inputs.forEach(
        (name, x) -> measure("QuantileCells.addAll", name, () -> sink += cells(x).cellCount()));
    QuantileCells full = cells(columns.get("normal"));
    measure(
        "QuantileCells.addAll, full", "normal", () -> full.addAll(columns.get("normal"), 0, SIZE));
    QuantileCells normal = cells(columns.get("normal"));
    QuantileRefinement deciles = normal.refine(.1, .2, .3, .4, .5, .6, .7, .8, .9);
    measure(
        "QuantileRefinement, deciles",
        "normal",
        () -> deciles.addAll(columns.get("normal"), 0, SIZE));
    measure("limit: sort", "normal", () -> sink += sorted(columns.get("normal"))[SIZE / 2]);
  }

  private static void terms() {
    head("term counts");
    for (int distinct : new int[] {50, 1_000, 100_000, 1_000_000}) {
      String[] values = new String[SIZE];
      Random random = new Random(3);
      for (int i = 0; i < SIZE; i++) {
        // about Zipf: ranks are uniform on a logarithmic scale; new objects, as a reader makes them
        int rank = (int) StrictMath.pow(distinct, random.nextDouble());
        values[i] = "term-" + (distinct == 1_000_000 ? i : rank);
      }
      String name = String.format(Locale.ROOT, "%,d terms", distinct);
      measure("TermCounts.addAll", name, () -> sink += termCounts(values));
      measure("limit: HashMap", name, () -> sink += hashMap(values));
    }
    TermCounts million = TermCounts.empty();
    for (int i = 0; i < SIZE; i++) {
      million.add("term-" + i);
    }
    measure(
        "TermCounts.canonicalBytes",
        "1,000,000 terms",
        () -> sink += million.canonicalBytes().length);
    measure("TermCounts.byCount", "1,000,000 terms", () -> sink += million.byCount().size());
    measure("TermCounts.merge", "1,000,000 terms", () -> TermCounts.empty().merge(million));
    String[] dictionary = new String[1000];
    Arrays.setAll(dictionary, i -> "term-" + i);
    int[] codes = new int[SIZE];
    Random random = new Random(4);
    Arrays.setAll(codes, i -> random.nextInt(dictionary.length));
    measure("TermCounts.addAll, codes", "1,000 terms", () -> sink += termCounts(dictionary, codes));
  }

  // What is measured.

  private static double exactSum(double[] x, long[] nulls) {
    ExactSum sum = ExactSum.empty();
    sum.addAll(x, nulls, 0, x.length);
    return sum.toDouble();
  }

  private static double exactSumOneByOne(double[] x) {
    ExactSum sum = ExactSum.empty();
    for (double value : x) {
      sum.add(value);
    }
    return sum.toDouble();
  }

  private static double plainSum(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum;
  }

  private static double exactProducts(double[] x, double[] y) {
    ExactProductSum sum = ExactProductSum.empty();
    sum.addAll(x, y, 0, x.length);
    return sum.toDouble();
  }

  private static double plainProducts(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double exactMoments(double[] x) {
    Moments moments = Moments.empty();
    moments.addAll(x, 0, x.length);
    return moments.sampleStandardDeviation();
  }

  private static double welford(double[] x) {
    double mean = 0;
    double scatter = 0;
    for (int i = 0; i < x.length; i++) {
      double step = x[i] - mean;
      mean += step / (i + 1);
      scatter += step * (x[i] - mean);
    }
    return StrictMath.sqrt(scatter / (x.length - 1));
  }

  private static double minMax(double[] x) {
    MinMax state = MinMax.empty();
    state.addAll(x, 0, x.length);
    return state.max() - state.min();
  }

  private static QuantileCells cells(double[] x) {
    QuantileCells cells = QuantileCells.empty();
    cells.addAll(x, 0, x.length);
    return cells;
  }

  private static double[] sorted(double[] x) {
    double[] copy = x.clone();
    Arrays.sort(copy);
    return copy;
  }

  private static int termCounts(String[] values) {
    TermCounts counts = TermCounts.empty();
    counts.addAll(values, 0, values.length);
    return counts.size();
  }

  private static int termCounts(String[] dictionary, int[] codes) {
    TermCounts counts = TermCounts.empty();
    counts.addAll(dictionary, codes, null, 0, codes.length);
    return counts.size();
  }

  private static int hashMap(String[] values) {
    Map<String, Long> counts = new HashMap<>();
    for (String value : values) {
      counts.merge(value, 1L, Long::sum);
    }
    return counts.size();
  }

  // Inputs and the clock.

  private static Map<String, double[]> columns() {
    Random random = new Random(1);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("normal", fill(() -> 100 + 15 * random.nextGaussian()));
    columns.put("uniform", fill(random::nextDouble));
    columns.put("constant", fill(() -> 0.1));
    columns.put("denormal", fill(() -> bits(random, 0)));
    columns.put("any exponent", fill(() -> bits(random, random.nextInt(2047))));
    columns.put("half denormal", fill(() -> random.nextBoolean() ? bits(random, 0) : 1e300));
    double[] alternating = new double[SIZE];
    Arrays.setAll(alternating, i -> (i % 2 == 0 ? 1e9 : -1e9) + random.nextDouble());
    columns.put("alternating", alternating);
    columns.put(
        "a quarter NaN, inf",
        fill(
            () ->
                random.nextInt(4) > 0
                    ? random.nextDouble()
                    : random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY));
    return columns;
  }

  private static double bits(Random random, int exponent) {
    return Double.longBitsToDouble(
        (random.nextLong() & 0x800FFFFFFFFFFFFFL) | ((long) exponent << 52));
  }

  private static double[] fill(java.util.function.DoubleSupplier values) {
    double[] column = new double[SIZE];
    Arrays.setAll(column, i -> values.getAsDouble());
    return column;
  }

  private static long[] nulls() {
    Random random = new Random(5);
    long[] nulls = new long[SIZE / 64];
    for (int i = 0; i < SIZE; i++) {
      nulls[i / 64] |= (random.nextInt(5) == 0 ? 1L : 0L) << i;
    }
    return nulls;
  }

  private static void head(String title) {
    System.out.printf(
        Locale.ROOT,
        "%-30s %-20s %9s %9s   ns an element%n",
        title.length() > 30 ? "" : title,
        "",
        "best",
        "median");
    if (title.length() > 30) {
      System.out.println(title);
    }
  }

  /**
   * Runs for half a second to warm up, then for half a second and at least {@value #RUNS} times.
   */
  private static void measure(String what, String input, Runnable run) {
    repeat(run, 3);
    double[] nanos = repeat(run, RUNS);
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT, "%-30s %-20s %9.2f %9.2f%n", what, input, nanos[0], nanos[nanos.length / 2]);
  }

  private static double[] repeat(Runnable run, int least) {
    double[] nanos = new double[10_000];
    int runs = 0;
    long until = System.nanoTime() + PHASE_NANOS;
    while (runs < least || (runs < nanos.length && System.nanoTime() < until)) {
      long start = CLOCK.getCurrentThreadCpuTime();
      run.run();
      nanos[runs++] = (double) (CLOCK.getCurrentThreadCpuTime() - start) / SIZE;
    }
    return Arrays.copyOf(nanos, runs);
  }
}
