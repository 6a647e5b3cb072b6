package io.github.beamml.engine.time;

import com.ibm.icu.util.BasicTimeZone;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZoneTransition;
import io.github.beamml.engine.InvalidInputException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A time zone whose rules come from ICU4J's own tzdata, not from the JDK's, so that local time is
 * the same on every JVM that runs this version of the library. Immutable and shared: one instance a
 * zone.
 *
 * <p>Instants are microseconds since 1970-01-01T00:00:00Z; local times are the same count on the
 * zone's own clock. The calendar is ISO 8601's (proleptic Gregorian).
 */
public final class ZoneRules {
  /** Coordinated Universal Time: what holds where no zone is given. */
  public static final ZoneRules UTC = new ZoneRules("UTC", null);

  private static final long MICROS_PER_MILLI = 1_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long FIRST_TABLE_MILLIS =
      Instant.parse("1900-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_TABLE_MILLIS =
      Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
  private static final ConcurrentHashMap<String, ZoneRules> KNOWN = new ConcurrentHashMap<>();

  private final String id;
  private final @Nullable BasicTimeZone zone;

  /**
   * Instants (milliseconds) at which the offset changes, ascending; the first is the table's start.
   */
  private final long[] starts;

  /** The offset (microseconds) from the start of the same position on. */
  private final long[] offsets;

  private ZoneRules(String id, @Nullable BasicTimeZone zone) {
    this.id = id;
    this.zone = zone;
    long[] foundStarts = new long[1024];
    long[] foundOffsets = new long[1024];
    int count = 1;
    foundStarts[0] = FIRST_TABLE_MILLIS;
    foundOffsets[0] = askZone(FIRST_TABLE_MILLIS);
    TimeZoneTransition next =
        zone == null ? null : zone.getNextTransition(FIRST_TABLE_MILLIS, false);
    while (zone != null && next != null && next.getTime() < LAST_TABLE_MILLIS) {
      if (count == foundStarts.length) {
        foundStarts = Arrays.copyOf(foundStarts, 2 * count);
        foundOffsets = Arrays.copyOf(foundOffsets, 2 * count);
      }
      foundStarts[count] = next.getTime();
      foundOffsets[count++] = askZone(next.getTime());
      next = zone.getNextTransition(next.getTime(), false);
    }
    this.starts = Arrays.copyOf(foundStarts, count);
    this.offsets = Arrays.copyOf(foundOffsets, count);
  }

  /**
   * @param id an IANA name such as {@code America/New_York}
   * @throws InvalidInputException naming the nearest known zone if there is no such zone
   */
  public static ZoneRules of(String id) {
    return of(id, "zone");
  }

  /**
   * @param id an IANA name such as {@code America/New_York}
   * @param key what the user typed it for
   * @throws InvalidInputException naming the nearest known zone if there is no such zone
   */
  public static ZoneRules of(String id, String key) {
    if (id.equals("UTC")) {
      return UTC;
    }
    ZoneRules known = KNOWN.get(id);
    return known != null ? known : KNOWN.computeIfAbsent(id, name -> load(name, key));
  }

  private static ZoneRules load(String id, String key) {
    List<String> names = Arrays.asList(TimeZone.getAvailableIDs());
    if (!names.contains(id)
        || !(TimeZone.getTimeZone(id, TimeZone.TIMEZONE_ICU) instanceof BasicTimeZone zone)) {
      throw InvalidInputException.unknown(key, id, "a known time zone", names);
    }
    return new ZoneRules(id, (BasicTimeZone) zone.freeze());
  }

  /** The version of the time zone data, such as {@code 2025a}; belongs into the provenance. */
  public static String dataVersion() {
    return TimeZone.getTZDataVersion();
  }

  public String id() {
    return id;
  }

  /** The instant on the zone's own clock: instant plus offset. */
  public long toLocal(long instantMicros) {
    return instantMicros + offsetMicros(instantMicros);
  }

  /** {@link #toLocal(long)} of every instant, in a new array. */
  public long[] toLocal(long[] instantMicros) {
    long[] local = new long[instantMicros.length];
    long from = 0;
    long until = 0;
    long offset = 0;
    for (int i = 0; i < local.length; i++) {
      long millis = Math.floorDiv(instantMicros[i], MICROS_PER_MILLI);
      if (millis < from || millis >= until) {
        offset = offsetMicros(instantMicros[i]);
        int found = Arrays.binarySearch(starts, millis);
        int interval = found >= 0 ? found : -found - 2;
        boolean isInTable = interval >= 0 && interval + 1 < starts.length;
        from = isInTable ? starts[interval] : 0;
        until = isInTable ? starts[interval + 1] : 0;
      }
      local[i] = instantMicros[i] + offset;
    }
    return local;
  }

  /** What the zone's clock is ahead of UTC at an instant, in microseconds. */
  public long offsetMicros(long instantMicros) {
    long millis = Math.floorDiv(instantMicros, MICROS_PER_MILLI);
    if (zone == null || millis < FIRST_TABLE_MILLIS || millis >= LAST_TABLE_MILLIS) {
      return askZone(millis);
    }
    int found = Arrays.binarySearch(starts, millis);
    return offsets[found >= 0 ? found : -found - 2];
  }

  /**
   * The instant of a local time. Of a time that occurs twice (clocks put back) the earlier instant;
   * a time that does not occur (clocks put forward) counts as if they had not been put forward yet.
   */
  public long toInstant(long localMicros) {
    long before = localMicros - offsetMicros(localMicros - 24 * 3600 * MICROS_PER_SECOND);
    if (toLocal(before) == localMicros) {
      return before;
    }
    long after = localMicros - offsetMicros(localMicros + 24 * 3600 * MICROS_PER_SECOND);
    return toLocal(after) == localMicros ? after : before;
  }

  /**
   * Reads a date ({@code 2013-10-01}: its midnight here), a local time ({@code 2013-10-01T06:00})
   * or an instant with its offset ({@code 2013-10-01T06:00:00Z}) as microseconds.
   *
   * @param key what the user typed it for
   * @throws InvalidInputException if it is none of these, or finer than a microsecond
   */
  public long parse(String key, String text) {
    OptionalLong instant = Timestamps.tryParse(text, this);
    if (instant.isEmpty()) {
      throw InvalidInputException.of(
          key,
          text,
          "a date such as 2013-10-01, or a time such as 2013-10-01T06:00 or 2013-10-01T06:00:00Z");
    }
    return instant.getAsLong();
  }

  private long askZone(long millis) {
    return zone == null ? 0 : zone.getOffset(millis) * MICROS_PER_MILLI;
  }

  @Override
  public String toString() {
    return id;
  }
}
