package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.workflow.definition.ProgramDefinition.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its page says it, checked. It names connections, never addresses: what they are
 * stands in a {@link Profile}.
 *
 * @param reader empty if a program takes its place
 * @param training empty if a program takes its place
 * @param programs stages of the user's, by name
 * @param inputs the stage whose rows a stage of ours reads
 * @param order of all stages
 * @param file of the page
 * @param page the page as a tree, for the record
 */
public record Workflow(
    String name,
    String version,
    Optional<ReaderDefinition> reader,
    FeatureDefinition features,
    Split split,
    Optional<TrainingDefinition> training,
    TestingDefinition testing,
    Map<String, ProgramDefinition> programs,
    Map<String, String> inputs,
    List<String> order,
    Path file,
    ObjectNode page) {
  /** The third stage's name. */
  public static final String SPLIT_STAGE = "dataset-split";

  /** The five stages in their order. */
  public static final List<String> STAGES =
      List.of(
          ReaderDefinition.STAGE,
          FeatureDefinition.STAGE,
          SPLIT_STAGE,
          TrainingDefinition.STAGE,
          TestingDefinition.STAGE);

  /** The key of the user's own stages. */
  static final String PROGRAMS = "stages";

  /** The key by which a stage reads another one's rows than usual. */
  private static final String INPUT = "input";

  /** What a program must leave to take the place of one of ours. */
  private static final Map<String, Output> REPLACEABLE =
      Map.of(
          ReaderDefinition.STAGE, Output.DATASET,
          FeatureDefinition.STAGE, Output.FEATURES,
          TrainingDefinition.STAGE, Output.MODEL);

  /** Whose rows a stage of ours reads if nothing else is said. */
  private static final Map<String, String> USUAL_INPUTS =
      Map.of(FeatureDefinition.STAGE, ReaderDefinition.STAGE, SPLIT_STAGE, FeatureDefinition.STAGE);

  /**
   * Reads and checks a page.
   *
   * @throws InvalidInputException naming the key that is wrong, with file and line
   */
  public static Workflow read(Path path) {
    YamlFile file = YamlFile.read(path);
    return file.locating(() -> read(file));
  }

  private static Workflow read(YamlFile file) {
    Section root = file.root();
    root.allow(
        "workflow",
        "version",
        ReaderDefinition.STAGE,
        FeatureDefinition.STAGE,
        SPLIT_STAGE,
        TrainingDefinition.STAGE,
        TestingDefinition.STAGE,
        PROGRAMS);
    Map<String, ProgramDefinition> programs = programs(root);
    Optional<ReaderDefinition> reader =
        ours(root, programs, ReaderDefinition.STAGE).map(ReaderDefinition::read);
    String zone = reader.map(ReaderDefinition::zone).orElse(ZoneRules.UTC.id());
    Map<String, String> inputs = inputs(root, programs);
    return new Workflow(
        Names.checkForKubernetes("workflow", root.text("workflow")),
        Names.check("version", root.text("version")),
        reader,
        ours(root, programs, FeatureDefinition.STAGE)
            .map(section -> FeatureDefinition.read(section.without(INPUT), zone))
            .orElseGet(
                () ->
                    FeatureDefinition.of(
                        Objects.requireNonNull(programs.get(FeatureDefinition.STAGE)))),
        Split.fromJson(root.section(SPLIT_STAGE).without(INPUT).values(), zone),
        ours(root, programs, TrainingDefinition.STAGE).map(TrainingDefinition::read),
        TestingDefinition.read(root.section(TestingDefinition.STAGE), zone),
        programs,
        inputs,
        StageOrder.of(programs.values(), inputs),
        file.path().toAbsolutePath(),
        file.tree());
  }

  private static Map<String, ProgramDefinition> programs(Section root) {
    Map<String, ProgramDefinition> programs = new LinkedHashMap<>();
    Optional<Section> section = root.findSection(PROGRAMS);
    if (section.isPresent()) {
      for (String name : section.get().names()) {
        ProgramDefinition program = ProgramDefinition.read(name, section.get().section(name));
        checkReplaced(section.get(), program);
        programs.put(name, program);
      }
    }
    return programs;
  }

  private static void checkReplaced(Section section, ProgramDefinition program) {
    String name = program.name();
    if (!STAGES.contains(name)) {
      return;
    }
    Output output = REPLACEABLE.get(name);
    if (output == null) {
      throw InvalidInputException.because(
          section.key(name),
          name.equals(SPLIT_STAGE)
              ? "no program can take its place, as the split is evaluated in several stages (leave"
                  + " a column with the part, and say dataset-split: {by_column: ...})"
              : "no program can take its place, as it decides what is registered (add a stage with"
                  + " output: evaluation and a gate: model-testing heeds it)");
    }
    if (program.output() != output) {
      throw InvalidInputException.of(
          section.key(name) + ".output",
          program.output().label(),
          output.label() + " in place of " + name);
    }
  }

  /** The section of one of our stages; none if a program takes its place. */
  private static Optional<Section> ours(
      Section root, Map<String, ProgramDefinition> programs, String stage) {
    if (!programs.containsKey(stage)) {
      return Optional.of(root.section(stage));
    }
    if (root.has(stage)) {
      throw InvalidInputException.because(
          stage, "given twice: here and as a program under " + PROGRAMS);
    }
    return Optional.empty();
  }

  private static Map<String, String> inputs(Section root, Map<String, ProgramDefinition> programs) {
    Map<String, String> inputs = new LinkedHashMap<>(USUAL_INPUTS);
    for (String stage : USUAL_INPUTS.keySet().stream().sorted().toList()) {
      Optional<Section> section =
          programs.containsKey(stage) ? Optional.empty() : root.findSection(stage);
      section
          .flatMap(own -> own.findText(INPUT))
          .ifPresent(
              input -> {
                checkInput(stage + "." + INPUT, input, USUAL_INPUTS.get(stage), programs);
                inputs.put(stage, input);
              });
    }
    return inputs;
  }

  private static void checkInput(
      String key, String input, @Nullable String usual, Map<String, ProgramDefinition> programs) {
    List<String> known = new ArrayList<>();
    known.add(String.valueOf(usual));
    programs.values().stream()
        .filter(program -> program.output() == Output.DATASET)
        .forEach(program -> known.add(program.name()));
    if (!known.contains(input)) {
      throw InvalidInputException.unknown(key, input, "a stage that leaves rows", known);
    }
  }

  /**
   * @throws InvalidInputException if it has no stage of this name
   */
  public void checkStage(String stage) {
    if (!order.contains(stage)) {
      throw InvalidInputException.unknown("stage", stage, "a stage", order);
    }
  }

  /** The folder of the page, which paths are relative to. */
  public Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  /** Where dates and times are local that say no zone. */
  public String zone() {
    return reader.map(ReaderDefinition::zone).orElse(ZoneRules.UTC.id());
  }

  /** SHA-256 of the page's content: equal for pages that say the same. */
  public Digest digest() {
    return Digest.of(CanonicalJson.bytes(CanonicalJson.object().put("page", page.toString())));
  }
}
