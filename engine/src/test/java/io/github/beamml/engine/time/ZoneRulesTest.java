package io.github.beamml.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ZoneRulesTest {
  private static final ZoneRules NEW_YORK = ZoneRules.of("America/New_York");

  @Test
  void clocksOfNewYorkAreFiveHoursBehindInWinterAndFourInSummer() {
    assertThat(NEW_YORK.offsetMicros(micros("2013-01-15T12:00:00Z")))
        .isEqualTo(-5 * 3_600_000_000L);
    assertThat(NEW_YORK.offsetMicros(micros("2013-07-15T12:00:00Z")))
        .isEqualTo(-4 * 3_600_000_000L);
  }

  @Test
  void theOffsetChangesAtTheVeryInstantThatClocksAreMoved() {
    long moved = micros("2013-03-10T07:00:00Z");
    assertThat(NEW_YORK.offsetMicros(moved - 1)).isEqualTo(-5 * 3_600_000_000L);
    assertThat(NEW_YORK.offsetMicros(moved)).isEqualTo(-4 * 3_600_000_000L);
  }

  @Test
  void instantsOutsideTheTableAreAskedOfTheZoneItself() {
    assertThat(ZoneRules.of("Asia/Kolkata").offsetMicros(micros("2300-01-01T00:00:00Z")))
        .isEqualTo(19_800_000_000L);
    assertThat(NEW_YORK.offsetMicros(micros("1850-01-01T00:00:00Z"))).isEqualTo(-17_762_000_000L);
  }

  @Test
  void aDateIsItsMidnightInTheZone() {
    assertThat(NEW_YORK.parse("from", "2013-10-01")).isEqualTo(micros("2013-10-01T04:00:00Z"));
    assertThat(ZoneRules.UTC.parse("from", "2013-10-01")).isEqualTo(micros("2013-10-01T00:00:00Z"));
  }

  @Test
  void aTimeWithAnOffsetIsAnInstantWhateverTheZone() {
    assertThat(NEW_YORK.parse("from", "2013-10-01T06:00:00+02:00"))
        .isEqualTo(micros("2013-10-01T04:00:00Z"));
    assertThat(NEW_YORK.parse("from", "2013-10-01T06:00"))
        .isEqualTo(micros("2013-10-01T10:00:00Z"));
  }

  @Test
  void ofATimeThatOccursTwiceTheEarlierInstantCounts() {
    assertThat(NEW_YORK.parse("from", "2013-11-03T01:30"))
        .isEqualTo(micros("2013-11-03T05:30:00Z"));
  }

  @Test
  void aTimeThatTheClocksSkipCountsAsIfTheyHadNotMovedYet() {
    assertThat(NEW_YORK.parse("from", "2013-03-10T02:30"))
        .isEqualTo(micros("2013-03-10T07:30:00Z"));
  }

  @Test
  void anUnknownZoneIsRefusedWithTheNearestOne() {
    assertThatThrownBy(() -> ZoneRules.of("America/NewYork", "features[2].zone"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid features[2].zone: America/NewYork is not a known time zone (did you mean"
                + " America/New_York?)");
  }

  @Test
  void aBrokenDateIsRefused() {
    assertThatThrownBy(() -> ZoneRules.UTC.parse("test_from", "2013-13-01"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid test_from: 2013-13-01 (must be a date such as 2013-10-01, or a time such as"
                + " 2013-10-01T06:00 or 2013-10-01T06:00:00Z)");
  }

  @Test
  void utcIsItsOwnLocalTimeBefore1970Too() {
    assertThat(ZoneRules.UTC.toLocal(micros("1960-01-01T00:00:00Z")))
        .isEqualTo(micros("1960-01-01T00:00:00Z"));
    assertThat(ZoneRules.UTC.toLocal(new long[] {-1, 1})).containsExactly(-1, 1);
  }

  @Test
  void manyInstantsAtOnceAreLocalAsEachAlone() {
    long day = 24 * 3600 * 1_000_000L;
    long[] instants = new long[12_000];
    for (int i = 0; i < instants.length; i++) {
      instants[i] = (i % 2 == 0 ? -1 : 1) * i * 10 * day + i;
    }
    long[] local = NEW_YORK.toLocal(instants);
    for (int i = 0; i < instants.length; i++) {
      assertThat(local[i]).isEqualTo(NEW_YORK.toLocal(instants[i]));
    }
  }

  private static long micros(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000;
  }
}
