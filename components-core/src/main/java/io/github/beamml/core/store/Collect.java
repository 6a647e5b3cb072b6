package io.github.beamml.core.store;

import io.github.beamml.engine.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Brings the few lines that a bounded pipeline has to say back to the program that started it,
 * through a file that every worker can reach. A stage that runs again writes the file again under
 * another name; each is complete and one is as good as the other.
 */
public final class Collect extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;
  private static final String END = "end of lines";

  private final String folder;
  private final String fileName;

  private Collect(String folder, String name) {
    this.folder = folder;
    this.fileName = name;
  }

  /**
   * Collects lines, none of which holds a line break.
   *
   * @param folder where to; a name is used once in it
   */
  public static Collect into(String folder, String name) {
    return new Collect(folder, name);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    lines
        .apply("OneKey", WithKeys.of(""))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("WriteLines", ParDo.of(new WriteLinesFn(folder + "/" + fileName)));
    return PDone.in(lines.getPipeline());
  }

  /**
   * The lines that a finished pipeline collected, in the order of their text; none if there were
   * none.
   *
   * @throws CannotException if the file cannot be read
   */
  public static List<String> read(String folder, String name) {
    try {
      for (MatchResult.Metadata file : match(folder + "/" + name + "-*.txt")) {
        List<String> lines =
            new ArrayList<>(
                new String(StoreFiles.read(file.resourceId().toString()), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        // A file that a killed worker left cut off has no last line.
        if (!lines.isEmpty() && lines.remove(lines.size() - 1).equals(END)) {
          return lines.stream().sorted().toList();
        }
      }
      return List.of();
    } catch (IOException e) {
      throw CannotException.to("read what the pipeline collected", StoreFiles.reason(e), e);
    }
  }

  private static List<MatchResult.Metadata> match(String pattern) throws IOException {
    try {
      return FileSystems.match(pattern).metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static final class WriteLinesFn extends DoFn<KV<String, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;

    private final String path;

    WriteLinesFn(String path) {
      this.path = path;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> gathered) throws IOException {
      StringBuilder text = new StringBuilder();
      for (String line : gathered.getValue()) {
        text.append(line).append('\n');
      }
      text.append(END).append('\n');
      StoreFiles.write(
          path + "-" + UUID.randomUUID() + ".txt",
          text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
