/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The records of one CSV file, read on the driver: for a file that Spark passes over because of its
 * name. A record ends with a line unless a quote is open.
 */
final class CsvRecords {
  private CsvRecords() {}

  static List<String> of(FileSystem fileSystem, Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fileSystem.open(file), StandardCharsets.UTF_8))) {
      List<String> records = new ArrayList<>();
      StringBuilder open = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        open.append(open.isEmpty() ? "" : "\n").append(line);
        if (open.chars().filter(character -> character == '"').count() % 2 == 0) {
          records.add(open.toString());
          open.setLength(0);
        }
      }
      if (!open.isEmpty()) {
        records.add(open.toString());
      }
      return records;
    }
  }
}
