package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.exact.ExactSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Evaluates a model on rows that it has scored: all metrics overall and by slice, each with its
 * bootstrap interval, curves and calibration. Immutable.
 *
 * <pre>{@code
 * Evaluation evaluation =
 *     Evaluator.at(ThresholdRule.parse("max_f1 on validation").resolve(validation))
 *         .withBootstrap(Bootstrap.of(7))
 *         .withThreads(2)
 *         .evaluate(test);
 * Evaluation prior = evaluator.evaluate(test.withConstant(trainingLabelRate));
 * }</pre>
 *
 * <p>Equal rows give equal evaluations, whatever their order and the number of threads. Cost: rows
 * are sorted once; a replicate then takes some 20 ns a row and slice column.
 */
public final class Evaluator {
  private final Threshold threshold;
  private final Bootstrap bootstrap;
  private final int bins;
  private final int threads;

  private Evaluator(Threshold threshold, Bootstrap bootstrap, int bins, int threads) {
    this.threshold = threshold;
    this.bootstrap = bootstrap;
    this.bins = bins;
    this.threads = threads;
  }

  /** At this threshold, with 200 replicates of seed 0, 20 bins, one thread. */
  public static Evaluator at(Threshold threshold) {
    return new Evaluator(threshold, Bootstrap.of(0), 20, 1);
  }

  public Evaluator withBootstrap(Bootstrap newBootstrap) {
    return new Evaluator(threshold, newBootstrap, bins, threads);
  }

  /**
   * @param newBins of the calibration
   * @throws InvalidInputException unless it is 10 or 20
   */
  public Evaluator withCalibrationBins(int newBins) {
    if (newBins != 10 && newBins != 20) {
      throw InvalidInputException.of("calibration_bins", newBins, "10 or 20");
    }
    return new Evaluator(threshold, bootstrap, newBins, threads);
  }

  /**
   * @throws InvalidInputException if it is less than 1
   */
  public Evaluator withThreads(int newThreads) {
    if (newThreads < 1) {
      throw InvalidInputException.of("threads", newThreads, "at least 1");
    }
    return new Evaluator(threshold, bootstrap, bins, newThreads);
  }

  /** The evaluation; of no rows, all metrics are absent. */
  public Evaluation evaluate(ScoredRows rows) {
    int[] byMargin = Sweep.byMargin(rows);
    List<Sweep> sweeps = new ArrayList<>();
    sweeps.add(Sweep.overall(rows, threshold.value(), byMargin));
    rows.slices().forEach(s -> sweeps.add(Sweep.sliced(rows, threshold.value(), byMargin, s)));
    double[][][][] replicates = replicate(rows, sweeps);

    byte[] ones = new byte[rows.size()];
    Arrays.fill(ones, (byte) 1);
    List<Slices> slices = new ArrayList<>();
    for (int i = 1; i < sweeps.size(); i++) {
      SliceColumn column = rows.slices().get(i - 1);
      slices.add(slices(column, sweeps.get(i).totals(ones), replicates[i]));
    }
    return new Evaluation(
        threshold,
        bootstrap,
        rows.identity(),
        group(sweeps.get(0).totals(ones).get(0), replicates[0][0]),
        slices,
        Curves.of(cells(rows, byMargin)),
        calibration(rows),
        new Replicates(replicates[0][0]));
  }

  private Slices slices(SliceColumn column, List<Totals> totals, double[][][] replicates) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      if (totals.get(i).confusion().rows() > 0) {
        Optional<String> value =
            i < column.values().size() ? Optional.of(column.values().get(i)) : Optional.empty();
        slices.add(new Slice(value, group(totals.get(i), replicates[i])));
      }
    }
    return new Slices(column.by(), slices);
  }

  private Group group(Totals totals, double[][] replicates) {
    List<Estimate> estimates =
        Metric.all().stream()
            .map(metric -> estimate(metric, totals, replicates[metric.ordinal()]))
            .toList();
    return new Group(totals.confusion(), totals.tiedMass(), estimates);
  }

  private Estimate estimate(Metric metric, Totals totals, double[] replicates) {
    String absent = Totals.whyAbsent(metric, totals.confusion());
    if (!absent.isEmpty()) {
      return new Estimate(metric, OptionalDouble.empty(), Optional.empty(), Optional.of(absent));
    }
    Optional<Interval> interval = bootstrap.interval(replicates);
    return new Estimate(
        metric,
        OptionalDouble.of(totals.value(metric)),
        interval,
        interval.isPresent() ? Optional.empty() : Optional.of(Bootstrap.whyAbsent(replicates)));
  }

  private static List<CurvePoint> cells(ScoredRows rows, int[] byMargin) {
    List<CurvePoint> points = new ArrayList<>();
    long positives = 0;
    for (int at = 0; at < byMargin.length; at++) {
      positives += rows.isPositive(byMargin[at]) ? 1 : 0;
      if (at + 1 == byMargin.length || !sameCell(rows, byMargin[at], byMargin[at + 1])) {
        points.add(new CurvePoint(at + 1 - positives, positives));
      }
    }
    return points;
  }

  private static boolean sameCell(ScoredRows rows, int a, int b) {
    return MarginCells.of(rows.margin(a)) == MarginCells.of(rows.margin(b));
  }

  private List<CalibrationBin> calibration(ScoredRows rows) {
    long[] positives = new long[bins];
    ExactSum[] sums = new ExactSum[bins];
    Arrays.setAll(sums, bin -> ExactSum.empty());
    for (int row = 0; row < rows.size(); row++) {
      int bin = RowTerms.bin(rows.probability(row), bins);
      sums[bin].add(rows.probability(row));
      positives[bin] += rows.isPositive(row) ? 1 : 0;
    }
    return IntStream.range(0, bins)
        .filter(bin -> sums[bin].count() > 0)
        .mapToObj(
            bin ->
                new CalibrationBin(bin, bins, sums[bin].count(), positives[bin], sums[bin].mean()))
        .toList();
  }

  /** By sweep, group, metric and replicate. */
  private double[][][][] replicate(ScoredRows rows, List<Sweep> sweeps) {
    int metrics = Metric.all().size();
    double[][][][] values = new double[sweeps.size()][][][];
    Arrays.setAll(values, i -> new double[sweeps.get(i).groups()][metrics][bootstrap.replicates()]);
    long[] hashes = bootstrap.rowHashes(rows.keys());
    AtomicInteger next = new AtomicInteger();
    inParallel(
        () -> {
          byte[] weights = new byte[rows.size()];
          for (int b = next.getAndIncrement();
              b < bootstrap.replicates();
              b = next.getAndIncrement()) {
            bootstrap.weigh(hashes, b, weights);
            for (int i = 0; i < values.length; i++) {
              store(sweeps.get(i).totals(weights), values[i], b);
            }
          }
        });
    return values;
  }

  private static void store(List<Totals> totals, double[][][] values, int replicate) {
    for (int group = 0; group < values.length; group++) {
      for (Metric metric : Metric.all()) {
        values[group][metric.ordinal()][replicate] = totals.get(group).value(metric);
      }
    }
  }

  private void inParallel(Runnable task) {
    if (threads == 1) {
      task.run();
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(task));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("evaluate rows", "interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
