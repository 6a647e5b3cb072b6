package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML 1.2 file as a tree, with the line of every key. */
public final class YamlFile {
  private final Path path;
  private final ObjectNode tree;
  private final Map<String, Integer> lines;

  private YamlFile(Path path, ObjectNode tree, Map<String, Integer> lines) {
    this.path = path;
    this.tree = tree;
    this.lines = lines;
  }

  /**
   * @throws CannotException if the file cannot be read or is not YAML
   * @throws InvalidInputException if a key occurs twice or the file holds no mapping
   */
  public static YamlFile read(Path path) {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      throw CannotException.to("read " + path, "there is no such file", e);
    } catch (IOException e) {
      throw CannotException.to("read " + path, e.toString(), e);
    }
    return parse(path, text);
  }

  static YamlFile parse(Path path, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(path.toString()).build();
    Map<String, Integer> lines = new LinkedHashMap<>();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
        throw InvalidInputException.of(path.toString(), "no mapping", "keys and values");
      }
      ObjectNode tree = new Converter(path, lines).mapping(mapping, "");
      return new YamlFile(path, tree, lines);
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      throw CannotException.to("read " + path + where, "it is not YAML: " + e.getProblem(), e);
    }
  }

  public Path path() {
    return path;
  }

  public ObjectNode tree() {
    return tree;
  }

  public Section root() {
    return new Section("", tree);
  }

  /**
   * Runs a check and adds the file and line to what it finds wrong.
   *
   * @throws InvalidInputException with the place of the key that it names
   */
  public <T> T locating(Supplier<T> check) {
    try {
      return check.get();
    } catch (InvalidInputException e) {
      throw InvalidInputException.because(keyOf(e), explanationOf(e) + place(keyOf(e)));
    }
  }

  private static String keyOf(InvalidInputException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    return colon < 0 ? message : message.substring("Invalid ".length(), colon);
  }

  private static String explanationOf(InvalidInputException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") + 2);
  }

  /** {@code " at workflow.yaml:28"} for a key, by its whole path or by the end of one. */
  private String place(String key) {
    for (String wanted = key; !wanted.isEmpty(); wanted = parent(wanted)) {
      for (Map.Entry<String, Integer> line : lines.entrySet()) {
        if (line.getKey().equals(wanted) || line.getKey().endsWith("." + wanted)) {
          return " at " + path + ":" + line.getValue();
        }
      }
    }
    return " at " + path;
  }

  private static String parent(String key) {
    int end = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
    return end < 0 ? "" : key.substring(0, end);
  }

  private static final class Converter {
    private final Path file;
    private final Map<String, Integer> lines;

    Converter(Path file, Map<String, Integer> lines) {
      this.file = file;
      this.lines = lines;
    }

    ObjectNode mapping(MappingNode mapping, String path) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        String name = ((ScalarNode) tuple.getKeyNode()).getValue();
        String child = path.isEmpty() ? name : path + "." + name;
        note(child, tuple.getKeyNode());
        if (object.has(name)) {
          throw InvalidInputException.because(
              child, "the key occurs twice at " + file + ":" + lineOf(tuple.getKeyNode()));
        }
        object.set(name, value(tuple.getValueNode(), child));
      }
      return object;
    }

    private JsonNode value(Node node, String path) {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, path);
      }
      if (node instanceof SequenceNode sequence) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node element : sequence.getValue()) {
          String child = path + "[" + array.size() + "]";
          note(child, element);
          array.add(value(element, child));
        }
        return array;
      }
      return scalar((ScalarNode) node);
    }

    private JsonNode scalar(ScalarNode node) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      if (node.getTag().equals(Tag.NULL)) {
        return nodes.nullNode();
      }
      if (node.getTag().equals(Tag.BOOL)) {
        return nodes.booleanNode(Boolean.parseBoolean(node.getValue()));
      }
      if (node.getTag().equals(Tag.INT) && node.getValue().matches("[-+]?[0-9]{1,18}")) {
        return nodes.numberNode(Long.parseLong(node.getValue()));
      }
      if (node.getTag().equals(Tag.FLOAT) && node.getValue().matches("[-+0-9.eE]+")) {
        return nodes.numberNode(Double.parseDouble(node.getValue()));
      }
      return nodes.textNode(node.getValue());
    }

    private void note(String path, Node node) {
      lines.putIfAbsent(path, lineOf(node));
    }

    private static int lineOf(Node node) {
      return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
  }
}
