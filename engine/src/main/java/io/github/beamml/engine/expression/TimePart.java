package io.github.beamml.engine.expression;

import io.github.beamml.engine.time.LocalTime;
import io.github.beamml.engine.time.ZoneRules;
import java.util.Locale;

/**
 * What the calendar and the clock on the wall show at an instant; each is a function of its name.
 */
enum TimePart {
  YEAR,
  QUARTER,
  MONTH,
  DAY,
  DAY_OF_YEAR,
  WEEKDAY,
  HOUR,
  MINUTE,
  SECOND;

  String function() {
    return name().toLowerCase(Locale.ROOT);
  }

  Operation in(ZoneRules zone) {
    return call -> {
      long[] parts = zone.toLocal(call.longs(0));
      for (int i = 0; i < parts.length; i++) {
        parts[i] = of(parts[i]);
      }
      return call.integers(parts);
    };
  }

  private long of(long local) {
    return switch (this) {
      case YEAR -> LocalTime.year(local);
      case QUARTER -> (LocalTime.month(local) + 2) / 3;
      case MONTH -> LocalTime.month(local);
      case DAY -> LocalTime.dayOfMonth(local);
      case DAY_OF_YEAR -> LocalTime.dayOfYear(local);
      case WEEKDAY -> LocalTime.weekday(local);
      case HOUR -> LocalTime.hour(local);
      case MINUTE -> LocalTime.minuteOfHour(local);
      case SECOND -> Math.floorMod(Math.floorDiv(local, 1_000_000L), 60L);
    };
  }
}
