package io.github.beamml.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
  @Test
  void swappedLettersAreOneStepApart() {
    assertThat(Suggestions.didYouMean("tarin", List.of("train", "test")))
        .isEqualTo(" (did you mean train?)");
  }

  @Test
  void aNameWithoutNearNeighboursGetsNoSuggestion() {
    assertThat(Suggestions.didYouMean("zzzzzz", List.of("train", "test"))).isEmpty();
  }
}
