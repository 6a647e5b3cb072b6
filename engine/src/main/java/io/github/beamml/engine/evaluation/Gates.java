package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
      if (gate.isChange() && ifNoBaseline.isEmpty()) {
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
          .filter(by -> slices.stream().noneMatch(gate::isBy))
          .ifPresent(
              by -> {
                throw InvalidInputException.unknown(gate.key(), by, "one of slices", slices);
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
  public Verdict judge(Evaluation evaluation, Baseline baseline) {
    check(evaluation.slices().stream().map(Slices::by).toList());
    List<GateResult> results = new ArrayList<>();
    for (Gate gate : gates) {
      if (gate.isChange() && baseline.evaluation().isEmpty()) {
        results.add(withoutBaseline(gate, baseline));
      } else if (gate.by().isPresent()) {
        results.add(judgeSlices(gate, slices(gate, gate.by().get(), evaluation, baseline)));
      } else {
        results.add(judgeAll(gate, evaluation, baseline));
      }
    }
    return new Verdict(results, ifNoBaseline);
  }

  private GateResult withoutBaseline(Gate gate, Baseline baseline) {
    IfNoBaseline choice = ifNoBaseline.orElse(IfNoBaseline.REFUSE);
    String why = baseline.whyNone().map(reason -> " (" + reason + ")").orElse("");
    return result(
        gate,
        choice == IfNoBaseline.PASS,
        gate.subject() + ": no baseline" + why + ", if_no_baseline is " + choice.key());
  }

  private static GateResult judgeAll(Gate gate, Evaluation evaluation, Baseline baseline) {
    GroupFigures figures = GroupFigures.ofAll(evaluation, baseline);
    Figure left = figures.compute(gate.rule().left()).get(0);
    Figure right = figures.compute(gate.rule().right()).get(0);
    Compared compared = new Compared(gate, "", evaluation.rows(), left, right);
    String subject = gate.subject() + (gate.isOfOneFigure() ? " " : ": ");
    return result(gate, compared.passed(), subject + compared.figures());
  }

  /** What the gate finds in the slices that it looks at, from the worst. */
  private static List<Compared> slices(
      Gate gate, String by, Evaluation evaluation, Baseline baseline) {
    Slices parted = evaluation.slicesBy(by).orElseThrow();
    List<Slice> slices = parted.slices();
    GroupFigures figures = GroupFigures.ofSlices(evaluation, parted, baseline);
    boolean[] looked = figures.hold(gate.rule().where());
    List<Figure> left = figures.compute(gate.rule().left());
    List<Figure> right = figures.compute(gate.rule().right());
    return IntStream.range(0, slices.size())
        .filter(i -> looked[i])
        .mapToObj(
            i ->
                new Compared(
                    gate,
                    slices.get(i).label(),
                    slices.get(i).group().rows(),
                    left.get(i),
                    right.get(i)))
        .sorted(Comparator.comparingDouble(Compared::lead))
        .toList();
  }

  private static GateResult judgeSlices(Gate gate, List<Compared> slices) {
    if (slices.isEmpty()) {
      String where = gate.rule().where().map(condition -> " with " + condition.text()).orElse("");
      return result(gate, false, gate.subject() + ": no slice" + where);
    }
    List<Compared> failing = slices.stream().filter(slice -> !slice.passed()).toList();
    List<Compared> shown =
        failing.isEmpty()
            ? slices.subList(0, 1)
            : failing.subList(0, Math.min(SHOWN, failing.size()));
    String text = shown.stream().map(Compared::ofSlice).collect(Collectors.joining(", "));
    return result(
        gate, failing.isEmpty(), gate.subject() + ": " + text + ofHowMany(gate, failing, slices));
  }

  private static String ofHowMany(Gate gate, List<Compared> failing, List<Compared> slices) {
    String all = Figures.count(slices.size());
    if (failing.isEmpty() && slices.size() > 1) {
      String end = gate.compare().wantsMore() ? "lowest" : "highest";
      return ", " + (gate.isAgainstConstant() ? end : "closest") + " of " + all + " slices";
    }
    return failing.size() > 1 ? "; " + failing.size() + " of " + all + " slices" : "";
  }

  private static GateResult result(Gate gate, boolean passed, String reason) {
    return new GateResult(gate.text(), passed, reason + (passed ? ": passed" : ": refused"));
  }
}
