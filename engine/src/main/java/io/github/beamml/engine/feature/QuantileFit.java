package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.exact.Quantile;
import io.github.beamml.engine.exact.QuantileCells;
import io.github.beamml.engine.exact.QuantileRefinement;
import io.github.beamml.engine.json.CanonicalJson;
import java.math.BigInteger;
import java.util.function.LongFunction;

/**
 * Fits order statistics: {@code {"rank_error": <hex>, "values": [<hex>, ...]}}. The median is the
 * middle value or the mean of the two middle ones; the quantiles 0 to n of n are the least value
 * and those with rank ceil(i * count / n), in integers.
 *
 * @param parts n; 2 for the median
 * @param exact whether further passes are made until the rank error is zero
 */
record QuantileFit(String what, int parts, boolean median, boolean exact) implements Fit {
  static QuantileFit median(boolean exact) {
    return new QuantileFit("median", 2, true, exact);
  }

  static QuantileFit quantiles(int parts, boolean exact) {
    return new QuantileFit(parts + " quantiles", parts, false, exact);
  }

  @Override
  public FitState.Kind kind() {
    return FitState.Kind.QUANTILES;
  }

  @Override
  public Result finish(Node node, FitState state) {
    if (state.kind() == FitState.Kind.QUANTILES) {
      QuantileCells cells = state.as(QuantileCells.class);
      Fit.requireValues(node, cells.count());
      return exact && cells.rankError() > 0
          ? again(cells.refineRanks(ranks(cells.count())))
          : result(cells.count(), cells::atRank);
    }
    QuantileRefinement refinement = state.as(QuantileRefinement.class);
    return refinement.rankError() > 0
        ? again(refinement.refine())
        : result(refinement.count(), refinement::atRank);
  }

  private static Result again(QuantileRefinement further) {
    return Result.again(new FitState(FitState.Kind.REFINEMENT, further));
  }

  private Result result(long count, LongFunction<Quantile> atRank) {
    ObjectNode json = CanonicalJson.object();
    ArrayNode values = json.putArray("values");
    double error = 0;
    long[] ranks = ranks(count);
    double[] found = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      Quantile quantile = atRank.apply(ranks[i]);
      found[i] = quantile.value();
      error = Math.max(error, quantile.rankError());
    }
    if (median) {
      double middle = found[0] == found[1] ? found[0] : ExactSum.of(found).mean();
      values.add(CanonicalJson.float64(middle));
    } else {
      for (double value : found) {
        values.add(CanonicalJson.float64(value));
      }
    }
    json.put("rank_error", CanonicalJson.float64(error));
    return Result.of(json);
  }

  private long[] ranks(long count) {
    if (median) {
      return new long[] {(count + 1) / 2, count / 2 + 1};
    }
    long[] ranks = new long[parts + 1];
    BigInteger n = BigInteger.valueOf(count);
    for (int i = 0; i <= parts; i++) {
      BigInteger[] rank =
          n.multiply(BigInteger.valueOf(i)).divideAndRemainder(BigInteger.valueOf(parts));
      ranks[i] = Math.max(1, rank[0].longValueExact() + rank[1].signum());
    }
    return ranks;
  }
}
