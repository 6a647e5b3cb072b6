package io.github.beamml.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LocalTimeTest {
  @Test
  void partsOfAnAfternoonInFebruary() {
    long time = micros(LocalDateTime.of(2013, 2, 28, 17, 45, 59));
    assertThat(LocalTime.hour(time)).isEqualTo(17);
    assertThat(LocalTime.minuteOfHour(time)).isEqualTo(45);
    assertThat(LocalTime.minuteOfDay(time)).isEqualTo(1065);
    assertThat(LocalTime.weekday(time)).isEqualTo(4);
    assertThat(LocalTime.dayOfMonth(time)).isEqualTo(28);
    assertThat(LocalTime.dayOfYear(time)).isEqualTo(59);
    assertThat(LocalTime.month(time)).isEqualTo(2);
    assertThat(LocalTime.year(time)).isEqualTo(2013);
  }

  @Test
  void everyDayOfEightHundredYearsHasTheDateOfTheIsoCalendar() {
    LocalDate day = LocalDate.of(1599, 12, 1);
    for (int i = 0; i < 292_200; i++, day = day.plusDays(1)) {
      long time = micros(day.atTime(23, 59));
      assertThat(LocalTime.year(time)).isEqualTo(day.getYear());
      assertThat(LocalTime.month(time)).isEqualTo(day.getMonthValue());
      assertThat(LocalTime.dayOfMonth(time)).isEqualTo(day.getDayOfMonth());
      assertThat(LocalTime.dayOfYear(time)).isEqualTo(day.getDayOfYear());
      assertThat(LocalTime.weekday(time)).isEqualTo(day.getDayOfWeek().getValue());
    }
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }
}
