package io.github.beamml.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("trees", "max_depth", "wind_speed");

  @Test
  void theNearestNameIsSuggested() {
    assertThat(Suggestions.didYouMean("tress", KNOWN)).isEqualTo(" (did you mean trees?)");
    assertThat(Suggestions.didYouMean("wind_spd", KNOWN)).isEqualTo(" (did you mean wind_speed?)");
    assertThat(Suggestions.didYouMean("max_dpeth", KNOWN)).isEqualTo(" (did you mean max_depth?)");
  }

  @Test
  void nothingIsSuggestedWhereNothingIsNear() {
    assertThat(Suggestions.didYouMean("learning_rate", KNOWN)).isEmpty();
    assertThat(Suggestions.didYouMean("x", List.of())).isEmpty();
  }
}
