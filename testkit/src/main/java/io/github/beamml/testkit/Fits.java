package io.github.beamml.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FitAccumulator;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Fits a plan to the same rows in different ways, as runners would. */
final class Fits {
  private Fits() {}

  /** The fitted features as text, or the one line that says why there are none. */
  static String outcome(FeaturePlan plan, RowBatch rows) {
    return outcome(plan, rows, Fits::statesOf);
  }

  /** The same with rows shuffled, cut into bundles and batches, and merged in some shape. */
  static String scattered(FeaturePlan plan, RowBatch rows, long seed) {
    Random random = new Random(seed);
    return outcome(plan, rows, (pass, all) -> scattered(pass, all, random));
  }

  private static String outcome(
      FeaturePlan plan,
      RowBatch rows,
      BiFunction<FitPass, RowBatch, SortedMap<String, byte[]>> states) {
    try {
      Fitting fitting = plan.firstPass(rows.schema());
      while (fitting instanceof FitPass pass) {
        fitting = pass.finish(states.apply(pass, rows));
      }
      return new String(((FittedFeatures) fitting).toBytes(), UTF_8);
    } catch (CannotException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** All passes, each with what the ones before have found in these rows. */
  static List<FitPass> passes(FeaturePlan plan, RowBatch rows) {
    List<FitPass> passes = new ArrayList<>();
    Fitting fitting = plan.firstPass(rows.schema());
    while (fitting instanceof FitPass pass) {
      passes.add(pass);
      fitting = pass.finish(statesOf(pass, rows));
    }
    return passes;
  }

  /** The states of these rows, as one batch. */
  static SortedMap<String, byte[]> statesOf(FitPass pass, RowBatch rows) {
    FitAccumulator accumulator = pass.accumulator();
    accumulator.add(rows);
    return accumulator.states();
  }

  static SortedMap<String, byte[]> scattered(FitPass pass, RowBatch rows, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    Collections.shuffle(order, random);
    List<SortedMap<String, byte[]>> parts = new ArrayList<>(List.of(new TreeMap<>()));
    for (int from = 0; from < rows.size(); ) {
      FitAccumulator bundle = pass.accumulator();
      for (int batches = random.nextInt(4); batches > 0 && from < rows.size(); batches--) {
        int to = Math.min(rows.size(), from + 1 + random.nextInt(1 + rows.size() / 3));
        bundle.add(
            rows.take(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray()));
        from = to;
      }
      parts.add(bundle.states());
    }
    while (parts.size() > 1) {
      SortedMap<String, byte[]> a = parts.remove(random.nextInt(parts.size()));
      SortedMap<String, byte[]> b = parts.remove(random.nextInt(parts.size()));
      parts.add(merged(a, b));
    }
    return parts.get(0);
  }

  static SortedMap<String, byte[]> merged(
      SortedMap<String, byte[]> a, SortedMap<String, byte[]> b) {
    SortedMap<String, byte[]> merged = new TreeMap<>(a);
    b.forEach((key, bytes) -> merged.merge(key, bytes, (x, y) -> FitPass.merge(key, x, y)));
    return merged;
  }
}
