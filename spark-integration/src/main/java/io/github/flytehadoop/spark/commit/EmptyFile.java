/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.TypeDescription;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A valid file with the schema of another and no rows. */
final class EmptyFile {
  private static final Logger LOG = LoggerFactory.getLogger(EmptyFile.class);
  private static final int MAGIC = 4;
  private static final Set<String> TEXT = Set.of("csv", "json", "txt", "text");

  private EmptyFile() {}

  /**
   * Writes it in place of the other.
   *
   * @return false when the format is not known, or the store refuses this, too
   */
  static boolean replaces(FileSystem fileSystem, Path file) {
    try {
      return write(fileSystem, file);
    } catch (IOException failure) {
      LOG.warn("{} cannot be emptied: {}", file, failure.getMessage());
      return false;
    }
  }

  private static boolean write(FileSystem fileSystem, Path file) throws IOException {
    Configuration conf = new Configuration(fileSystem.getConf());
    switch (magic(fileSystem, file)) {
      case "PAR1" -> parquet(file, conf);
      case "Obj\u0001" -> avro(fileSystem, file);
      default -> {
        if (magic(fileSystem, file).startsWith("ORC")) {
          orc(fileSystem, file, conf);
        } else {
          return text(fileSystem, file, conf);
        }
      }
    }
    return true;
  }

  private static String magic(FileSystem fileSystem, Path file) throws IOException {
    byte[] first = new byte[MAGIC];
    try (FSDataInputStream in = fileSystem.open(file)) {
      in.readFully(first);
    } catch (EOFException shorter) {
      return "";
    }
    return new String(first, StandardCharsets.ISO_8859_1);
  }

  private static void parquet(Path file, Configuration conf) throws IOException {
    FileMetaData about;
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      about = reader.getFooter().getFileMetaData();
    }
    ParquetFileWriter writer =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(file, conf),
            about.getSchema(),
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    writer.start();
    writer.end(about.getKeyValueMetaData());
  }

  private static void orc(FileSystem fileSystem, Path file, Configuration conf) throws IOException {
    TypeDescription schema;
    try (Reader reader =
        OrcFile.createReader(file, OrcFile.readerOptions(conf).filesystem(fileSystem))) {
      schema = reader.getSchema();
    }
    OrcFile.createWriter(
            file,
            OrcFile.writerOptions(conf).fileSystem(fileSystem).setSchema(schema).overwrite(true))
        .close();
  }

  private static void avro(FileSystem fileSystem, Path file) throws IOException {
    Schema schema;
    try (DataFileStream<Object> reader =
        new DataFileStream<>(fileSystem.open(file), new GenericDatumReader<>())) {
      schema = reader.getSchema();
    }
    try (DataFileWriter<Object> writer =
        new DataFileWriter<>(new GenericDatumWriter<Object>(schema))) {
      writer.create(schema, fileSystem.create(file, true));
    }
  }

  /** Nothing at all, which a compressed file says in its own way. */
  private static boolean text(FileSystem fileSystem, Path file, Configuration conf)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file);
    String name = file.getName();
    String plain =
        codec == null
            ? name
            : CompressionCodecFactory.removeSuffix(name, codec.getDefaultExtension());
    if (!TEXT.contains(plain.substring(plain.lastIndexOf('.') + 1))) {
      return false;
    }
    try (OutputStream out = fileSystem.create(file, true);
        OutputStream content = codec == null ? out : codec.createOutputStream(out)) {
      content.flush();
    }
    return true;
  }
}
