package io.github.beamml.workflow.report;

import com.google.auto.value.AutoValue;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * All that the report of a run shows. Immutable.
 *
 * <pre>{@code
 * Report report =
 *     Report.of("flight-delays", evaluation, verdict).toBuilder()
 *         .setSubject(new Report.Subject("flights", "will be late"))
 *         .setStages(stages)
 *         .build();
 * Files.writeString(path, ReportPage.html(report));
 * }</pre>
 */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // the builder copies every list
public abstract class Report {
  /**
   * What the opening sentence speaks of.
   *
   * @param noun in the plural, such as {@code flights}
   * @param clause what is true of positives, such as {@code will be late}
   */
  public record Subject(String noun, String clause) {
    /** Words for a label of which only the column's name is known. */
    public static Subject ofLabel(String label) {
      return new Subject("rows", "are “" + label + "”");
    }
  }

  /**
   * What the model is compared with, on the same rows.
   *
   * @param name such as {@code prior} or {@code flight-delays v3 (prod)}
   */
  public record Baseline(String name, Evaluation evaluation) {}

  /**
   * How much the model looks at a feature.
   *
   * @param share of all features together, from 0 to 1
   */
  public record Importance(String feature, double share) {}

  /**
   * A stage of the run.
   *
   * @param summary what it did in a few words, counts that add up
   * @param seconds empty if it was resumed from an earlier attempt
   * @param artifact what it left, abbreviated
   */
  public record Stage(
      String name,
      String summary,
      OptionalLong rowsIn,
      OptionalLong rowsOut,
      OptionalDouble seconds,
      Optional<String> artifact) {}

  /** One line of a table of facts. */
  public record Fact(String name, String value) {}

  /** A table of facts, such as counts, digests or versions. */
  public record Facts(String title, List<Fact> facts) {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /** The workflow's or the model's name. */
  public abstract String title();

  /** What stands beside the title: version, run id. */
  public abstract List<String> subtitle();

  public abstract Subject subject();

  public abstract Evaluation evaluation();

  public abstract Verdict verdict();

  /** Where the model went, such as {@code flight-delays v1 -> staging}. */
  public abstract Optional<String> registered();

  public abstract List<Baseline> baselines();

  /** In the order in which they are shown. */
  public abstract List<Importance> importances();

  public abstract List<Stage> stages();

  public abstract List<Facts> facts();

  public abstract Builder toBuilder();

  /** A report of an evaluation and its verdict alone. */
  public static Report of(String title, Evaluation evaluation, Verdict verdict) {
    return new AutoValue_Report.Builder()
        .setTitle(title)
        .setSubtitle(List.of())
        .setSubject(Subject.ofLabel("positive"))
        .setEvaluation(evaluation)
        .setVerdict(verdict)
        .setBaselines(List.of())
        .setImportances(List.of())
        .setStages(List.of())
        .setFacts(List.of())
        .build();
  }

  /** Builds a {@link Report}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setTitle(String title);

    public abstract Builder setSubtitle(List<String> subtitle);

    public abstract Builder setSubject(Subject subject);

    public abstract Builder setEvaluation(Evaluation evaluation);

    public abstract Builder setVerdict(Verdict verdict);

    public abstract Builder setRegistered(String registered);

    public abstract Builder setBaselines(List<Baseline> baselines);

    public abstract Builder setImportances(List<Importance> importances);

    public abstract Builder setStages(List<Stage> stages);

    public abstract Builder setFacts(List<Facts> facts);

    abstract List<String> subtitle();

    abstract List<Baseline> baselines();

    abstract List<Importance> importances();

    abstract List<Stage> stages();

    abstract List<Facts> facts();

    abstract Report buildAsSet();

    public Report build() {
      return setSubtitle(List.copyOf(subtitle()))
          .setBaselines(List.copyOf(baselines()))
          .setImportances(List.copyOf(importances()))
          .setStages(List.copyOf(stages()))
          .setFacts(List.copyOf(facts()))
          .buildAsSet();
    }
  }
}
