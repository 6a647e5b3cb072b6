package io.github.beamml.workflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern ELSEWHERE = Pattern.compile("^[a-z]+:.*");

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Pages.all()) {
      LINK.matcher(withoutCode(Pages.read(page)))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !ELSEWHERE.matcher(link).matches())
          .filter(link -> !leadsSomewhere(page, link))
          .forEach(link -> broken.add(Pages.ROOT.relativize(page) + ": " + link));
    }
    assertThat(broken).isEmpty();
  }

  private static String withoutCode(String text) {
    return CODE.matcher(text).replaceAll("");
  }

  private static boolean leadsSomewhere(Path page, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target =
        file.isEmpty() ? page : Objects.requireNonNull(page.getParent()).resolve(file).normalize();
    boolean hasHeading =
        hash < 0 || headings(Pages.read(target)).contains(link.substring(hash + 1));
    return Files.exists(target) && hasHeading;
  }

  /** As GitHub makes them: lower case, no punctuation, dashes for blanks. */
  private static Set<String> headings(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
