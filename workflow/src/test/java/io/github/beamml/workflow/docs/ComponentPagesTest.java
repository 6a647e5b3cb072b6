package io.github.beamml.workflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.component.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps the parameter tables of {@code docs/components} as the components have them. To write them
 * anew: {@code mvn test -pl workflow -am -Dtest=ComponentPagesTest -Dbeamml.write.pages=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ComponentPagesTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?s)<!-- parameters: ([a-z0-9_]+) -->\n(.*?)" + Pattern.quote(ParameterTables.END));

  private final Map<String, Descriptor> descriptors = ParameterTables.descriptors();

  @Test
  void everyTableIsCurrent() throws IOException {
    Map<Path, String> expected = new TreeMap<>();
    Map<Path, String> found = new TreeMap<>();
    for (Path page : Pages.all()) {
      String text = Pages.read(page);
      found.put(page, text);
      expected.put(page, BLOCK.matcher(text).replaceAll(block -> quoted(block.group(1))));
    }
    if (Boolean.getBoolean("beamml.write.pages")) {
      for (Map.Entry<Path, String> page : expected.entrySet()) {
        Files.writeString(page.getKey(), page.getValue());
      }
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void everyComponentHasATable() throws IOException {
    String all = String.join("\n", Pages.all().stream().map(Pages::read).toList());
    assertThat(BLOCK.matcher(all).results().map(block -> block.group(1)).sorted())
        .containsExactlyElementsOf(descriptors.keySet());
  }

  private String quoted(String name) {
    Descriptor descriptor = descriptors.get(name);
    assertThat(descriptor).as("component " + name).isNotNull();
    return Matcher.quoteReplacement(
        ParameterTables.begin(name)
            + "\n"
            + ParameterTables.table(descriptor)
            + "\n"
            + ParameterTables.END);
  }
}
