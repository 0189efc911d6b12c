/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import io.github.flytehadoop.error.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as a user writes it: {@code 64MiB}, {@code 2GiB} or {@code 1048576}.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {
  private static final Map<String, Integer> SHIFT =
      Map.of("", 0, "b", 0, "kib", 10, "mib", 20, "gib", 30, "tib", 40);
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})([A-Za-z]*)");

  /** Reads it. */
  public static final class Converter implements ITypeConverter<ByteSize> {
    /** For picocli. */
    public Converter() {}

    @Override
    public ByteSize convert(String text) {
      Matcher matcher = FORM.matcher(text.strip());
      if (!matcher.matches()) {
        throw refused(text, "it is not a whole number with a unit");
      }
      Integer shift = SHIFT.get(matcher.group(2).toLowerCase(Locale.ROOT));
      if (shift == null) {
        throw refused(text, "the unit " + matcher.group(2) + " is not known");
      }
      long number = Long.parseLong(matcher.group(1));
      if (number > Long.MAX_VALUE >> shift) {
        throw refused(text, "it is too much");
      }
      return new ByteSize(number << shift);
    }

    private static TypeConversionException refused(String text, String why) {
      return Problem.cannot("use the size '" + text + "'")
          .because(why)
          .remedy("Write bytes, KiB, MiB or GiB as 64MiB")
          .made(TypeConversionException::new);
    }
  }

  /** As a person reads it: {@code 64 MiB}, {@code 1.5 GiB}, {@code 12 bytes}. */
  public static String show(long bytes) {
    String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    if (unit < 0) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    boolean whole = value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}
