package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The gates of a model. Immutable.
 *
 * <pre>{@code
 * Gates gates = Gates.of(List.of(Gate.parse("auc.low >= 0.66"), Gate.parse("auc.change >= -0.01")),
 *     Optional.of(IfNoBaseline.PASS));
 * gates.check(List.of("carrier", "origin"));
 * Verdict verdict = gates.judge(evaluation, baseline);
 * }</pre>
 */
public final class Gates {
  private static final int SHOWN = 3;

  private final List<Gate> gates;
  private final Optional<IfNoBaseline> ifNoBaseline;

  private Gates(List<Gate> gates, Optional<IfNoBaseline> ifNoBaseline) {
    this.gates = List.copyOf(gates);
    this.ifNoBaseline = ifNoBaseline;
  }

  /**
   * @throws InvalidInputException if a gate compares with the baseline, and it is not said what
   *     holds where there is none
   */
  public static Gates of(List<Gate> gates, Optional<IfNoBaseline> ifNoBaseline) {
    for (Gate gate : gates) {
      if (gate.part().isChange() && ifNoBaseline.isEmpty()) {
        throw InvalidInputException.because(
            "if_no_baseline",
            "missing (must be pass or refuse, as a gate compares with the baseline: " + gate + ")");
      }
    }
    return new Gates(gates, ifNoBaseline);
  }

  public List<Gate> list() {
    return gates;
  }

  /**
   * @param slices that the evaluation will have
   * @throws InvalidInputException if a gate names another one, with the nearest name
   */
  public void check(List<String> slices) {
    for (Gate gate : gates) {
      gate.by()
          .filter(by -> slices.stream().noneMatch(slice -> sameSlice(slice, by)))
          .ifPresent(
              by -> {
                throw InvalidInputException.unknown("gate", by, "one of slices", slices);
              });
    }
  }

  /**
   * The verdict: passed if all gates are.
   *
   * @param baseline on the same rows
   * @throws CannotException if the baseline was evaluated on other rows
   * @throws InvalidInputException if a gate names a slice that the evaluation does not have
   */
  public Verdict judge(Evaluation evaluation, Optional<Evaluation> baseline) {
    check(evaluation.slices().stream().map(Slices::by).toList());
    List<GateResult> results = new ArrayList<>();
    for (Gate gate : gates) {
      if (gate.part().isChange()) {
        results.add(judgeChange(gate, evaluation, baseline));
      } else if (gate.by().isPresent()) {
        results.add(judgeSlices(gate, slices(evaluation, gate.by().get())));
      } else {
        results.add(judgeFigure(gate, Figure.of(gate, evaluation.overall())));
      }
    }
    return new Verdict(results, ifNoBaseline);
  }

  private GateResult judgeChange(Gate gate, Evaluation evaluation, Optional<Evaluation> baseline) {
    if (baseline.isPresent()) {
      return judgeFigure(
          gate, Figure.of(gate, evaluation.changeFrom(baseline.get(), gate.metric())));
    }
    IfNoBaseline choice = ifNoBaseline.orElse(IfNoBaseline.REFUSE);
    return result(
        gate,
        choice == IfNoBaseline.PASS,
        gate.subject() + ": no baseline, if_no_baseline is " + choice.key());
  }

  private static GateResult judgeFigure(Gate gate, Figure figure) {
    boolean passed = figure.meets(gate);
    return result(gate, passed, gate.subject() + figure.compared(gate));
  }

  private static GateResult judgeSlices(Gate gate, List<Slice> slices) {
    List<SliceFigure> figures =
        slices.stream()
            .filter(slice -> gate.where().stream().allMatch(c -> c.holds(slice.group())))
            .map(slice -> new SliceFigure(slice, Figure.of(gate, slice.group())))
            .sorted(worstFirst(gate))
            .toList();
    if (figures.isEmpty()) {
      String where =
          gate.where().stream().map(Object::toString).collect(Collectors.joining(" and "));
      return result(
          gate, false, gate.subject() + ": no slice" + (where.isEmpty() ? "" : " with " + where));
    }
    List<SliceFigure> failing = figures.stream().filter(f -> !f.figure().meets(gate)).toList();
    List<SliceFigure> shown =
        failing.isEmpty()
            ? figures.subList(0, 1)
            : failing.subList(0, Math.min(SHOWN, failing.size()));
    String text = shown.stream().map(f -> f.compared(gate)).collect(Collectors.joining(", "));
    return result(
        gate, failing.isEmpty(), gate.subject() + ": " + text + ofHowMany(gate, failing, figures));
  }

  private static String ofHowMany(Gate gate, List<SliceFigure> failing, List<SliceFigure> figures) {
    String all = Figures.count(figures.size());
    if (failing.isEmpty() && figures.size() > 1) {
      return ", " + (gate.compare().wantsMore() ? "lowest" : "highest") + " of " + all + " slices";
    }
    return failing.size() > 1 ? "; " + failing.size() + " of " + all + " slices" : "";
  }

  /** Absent figures first, then from the worst; equal ones stay in the order of their values. */
  private static Comparator<SliceFigure> worstFirst(Gate gate) {
    int sign = gate.compare().wantsMore() ? 1 : -1;
    return Comparator.comparingDouble(
        f ->
            f.figure().value().isPresent()
                ? sign * f.figure().value().getAsDouble()
                : Double.NEGATIVE_INFINITY);
  }

  private static GateResult result(Gate gate, boolean passed, String reason) {
    return new GateResult(gate.text(), passed, reason + (passed ? ": passed" : ": refused"));
  }

  private static List<Slice> slices(Evaluation evaluation, String by) {
    return evaluation.slices().stream()
        .filter(slices -> sameSlice(slices.by(), by))
        .findFirst()
        .orElseThrow()
        .slices();
  }

  /** Whether two texts name the same column or expression: spaces do not matter. */
  private static boolean sameSlice(String a, String b) {
    return a.replace(" ", "").equals(b.replace(" ", ""));
  }

  private record SliceFigure(Slice slice, Figure figure) {
    String compared(Gate gate) {
      return slice.label()
          + figure.compared(gate)
          + " ("
          + Figures.count(slice.group().rows())
          + " rows)";
    }
  }
}
