package io.github.beamml.io.csv;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.time.ZoneRules;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of CSV files (RFC 4180, UTF-8): commas, a header line, nothing between commas is
 * null. Each can be changed.
 */
public final class CsvFormat implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final CsvFormat DEFAULT =
      new CsvFormat(',', Header.PRESENT, "", "", Others.REFUSE);

  private final char separator;
  private final Header header;
  private final String nullText;
  private final String zone;
  private final Others others;

  private enum Header {
    PRESENT,
    ABSENT
  }

  private enum Others {
    REFUSE,
    IGNORE
  }

  private CsvFormat(char separator, Header header, String nullText, String zone, Others others) {
    this.separator = separator;
    this.header = header;
    this.nullText = nullText;
    this.zone = zone;
    this.others = others;
  }

  public static CsvFormat rfc4180() {
    return DEFAULT;
  }

  /**
   * The format that parameters of {@code read_csv} describe, with its defaults for those that are
   * not given.
   *
   * @param place what stands before a parameter's name in messages
   * @param given the values of {@code separator}, {@code header}, {@code null_text}, {@code
   *     time_zone} and {@code other_columns} by their names
   * @throws InvalidInputException if a name is unknown or a value is not allowed
   */
  public static CsvFormat of(String place, Map<String, ? extends @Nullable Object> given) {
    Configuration configuration = CsvParameters.READING.read(place, given);
    String zoneKey = place + "." + CsvParameters.TIME_ZONE.name();
    configuration.find(CsvParameters.TIME_ZONE).ifPresent(id -> ZoneRules.of(id, zoneKey));
    return CsvParameters.format(configuration);
  }

  /**
   * @param text {@code ","}, {@code ";"}, {@code "|"} or {@code "tab"}
   * @throws InvalidInputException if it is another
   */
  public CsvFormat withSeparator(String text) {
    char character =
        switch (text) {
          case ",", ";", "|" -> text.charAt(0);
          case "tab", "\t" -> '\t';
          default -> throw InvalidInputException.of("separator", text, "one of , ; | tab");
        };
    return new CsvFormat(character, header, nullText, zone, others);
  }

  /** The first line is a record; the columns are those of the schema, in its order. */
  public CsvFormat withoutHeader() {
    return new CsvFormat(separator, Header.ABSENT, nullText, zone, others);
  }

  /**
   * A text that means null as well, such as {@code NA}, where it stands without quotes; and what
   * null is written as.
   *
   * @throws InvalidInputException if it would have to be quoted
   */
  public CsvFormat withNullText(String text) {
    if (text.chars().anyMatch(c -> ",;|\t\"\r\n".indexOf(c) >= 0)) {
      throw InvalidInputException.of("null_text", text, "without separators, quotes and line ends");
    }
    return new CsvFormat(separator, header, text, zone, others);
  }

  /**
   * The time zone of timestamps that are written without one.
   *
   * @param id an IANA name such as {@code America/New_York}
   * @throws InvalidInputException if there is no such zone
   */
  public CsvFormat withZone(String id) {
    return new CsvFormat(separator, header, nullText, ZoneRules.of(id, "time_zone").id(), others);
  }

  /** Passes over columns of the header that the schema lacks, which are refused otherwise. */
  public CsvFormat ignoringOtherColumns() {
    return new CsvFormat(separator, header, nullText, zone, Others.IGNORE);
  }

  char separator() {
    return separator;
  }

  boolean hasHeader() {
    return header == Header.PRESENT;
  }

  String nullText() {
    return nullText;
  }

  boolean isNull(String text) {
    return text.isEmpty() || text.equals(nullText);
  }

  @Nullable ZoneRules zone() {
    return zone.isEmpty() ? null : ZoneRules.of(zone);
  }

  boolean ignoresOtherColumns() {
    return others == Others.IGNORE;
  }
}
