/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** What a Parquet file says of itself, whoever reads it. */
final class ParquetFooter {
  private ParquetFooter() {}

  static String schema(byte[] content) throws IOException {
    Path file = Files.write(TestDirectories.create("parquet").resolve("file"), content);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      return reader.getFooter().getFileMetaData().getSchema().toString();
    }
  }
}
