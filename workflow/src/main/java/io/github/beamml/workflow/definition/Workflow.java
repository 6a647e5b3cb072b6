package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.split.Split;
import java.nio.file.Path;
import java.util.List;

/**
 * A workflow as its page says it, checked. It names connections, never addresses: what they are
 * stands in a {@link Profile}.
 *
 * @param folder of the page, which paths are relative to
 * @param page the page as a tree, for the record
 */
public record Workflow(
    String name,
    String version,
    ReaderDefinition reader,
    FeatureDefinition features,
    Split split,
    TrainingDefinition training,
    TestingDefinition testing,
    Path folder,
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
        TestingDefinition.STAGE);
    ReaderDefinition reader = ReaderDefinition.read(root.section(ReaderDefinition.STAGE));
    Path parent = file.path().toAbsolutePath().getParent();
    return new Workflow(
        Names.checkForKubernetes("workflow", root.text("workflow")),
        Names.check("version", root.text("version")),
        reader,
        FeatureDefinition.read(root.section(FeatureDefinition.STAGE), reader.zone()),
        Split.fromJson(root.section(SPLIT_STAGE).values(), reader.zone()),
        TrainingDefinition.read(root.section(TrainingDefinition.STAGE)),
        TestingDefinition.read(root.section(TestingDefinition.STAGE), reader.zone()),
        parent == null ? Path.of("") : parent,
        file.tree());
  }

  /** SHA-256 of the page's content: equal for pages that say the same. */
  public Digest digest() {
    return Digest.of(CanonicalJson.bytes(CanonicalJson.object().put("page", page.toString())));
  }
}
