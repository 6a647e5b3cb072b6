package io.github.beamml.workflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML that people copy from the pages. */
class YamlBlocksTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path folder;

  @Test
  void theReadmesWorkflowIsOne() throws IOException {
    Path page = folder.resolve("workflow.yaml");
    Files.writeString(page, block("README.md", "workflow: churn"));

    Workflow workflow = Workflow.read(page);

    assertThat(workflow.name()).isEqualTo("churn");
    ReaderDefinition reader = workflow.reader().orElseThrow();
    assertThat(reader.source())
        .isInstanceOfSatisfying(
            ReaderDefinition.FileSource.class,
            source -> {
              assertThat(source.pattern()).isEqualTo("customers.csv");
              assertThat(source.format()).isEqualTo("csv");
            });
    assertThat(workflow.features().plan().outputSchema(reader.schema()).has("age")).isTrue();
  }

  @Test
  void theProfileOfAClusterIsOne() throws IOException {
    writeProfile(block("docs/getting-started.md", "# profiles/prod.yaml"));

    Profile.Connection orders =
        Profile.read(folder, "page").connection("kafka-reader-io.source.kafka", "orders");

    assertThat(((Profile.Cluster) orders).bootstrapServers())
        .isEqualTo("kafka-1:9092,kafka-2:9092");
    assertThat(((Profile.Cluster) orders).config().get("sasl.jaas.config"))
        .endsWith("password=\"${env:KAFKA_PASSWORD}\";");
  }

  @Test
  void theProfileOfAnEmbeddedBrokerIsOne() throws IOException {
    writeProfile(block("docs/getting-started.md", "embedded: {"));

    Profile.Connection orders =
        Profile.read(folder, "page").connection("kafka-reader-io.source.kafka", "orders");

    assertThat(((Profile.Embedded) orders).partitions()).isEqualTo(4);
  }

  private void writeProfile(String text) throws IOException {
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(folder.resolve("profiles/page.yaml"), text);
  }

  private static String block(String page, String containing) {
    return BLOCK
        .matcher(Pages.read(Pages.ROOT.resolve(page)))
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.contains(containing))
        .findFirst()
        .orElseThrow();
  }
}
