/* Licensed under Apache-2.0; see LICENSE. */

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs the wheel {@code flyte-hadoop} with a JDK alone, byte for byte the same from the same
 * inputs. The {@code all} jars of both Scalas are mostly the same: what both have is packed once.
 *
 * <p>{@code java WheelBuilder.java VERSION PYTHON-SOURCES ALL-2.12 ALL-2.13 OUTPUT-DIRECTORY
 * FURTHER-JAR...}
 */
final class WheelBuilder {
  /** Of ZIP, whose own begins in 1980. */
  private static final long TIME = java.time.Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final String NAME = "flyte_hadoop";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final String version;

  private WheelBuilder(String version) {
    this.version = version;
  }

  public static void main(String[] arguments) throws IOException {
    WheelBuilder wheel = new WheelBuilder(pep440(arguments[0]));
    wheel.addSources(Path.of(arguments[1]));
    for (String licence : List.of("LICENSE", "NOTICE")) {
      wheel.addLicence(Path.of(arguments[1], "..", "..", "..", "..", licence).normalize());
    }
    wheel.addSplit(content(Path.of(arguments[2])), content(Path.of(arguments[3])));
    for (String further : Arrays.copyOfRange(arguments, 5, arguments.length)) {
      Path jar = Path.of(further);
      wheel.addJar(jar.getFileName().toString(), Files.readAllBytes(jar));
    }
    System.out.println(wheel.write(Path.of(arguments[4])));
  }

  /** {@code 0.1.0-SNAPSHOT} as Python says it. */
  private static String pep440(String maven) {
    return maven.replace("-SNAPSHOT", ".dev0");
  }

  private void addSources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(NAME))) {
      for (Path file : all.filter(each -> each.toString().endsWith(".py")).toList()) {
        files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  private void addLicence(Path file) throws IOException {
    files.put(info() + "licenses/" + file.getFileName(), Files.readAllBytes(file));
  }

  private String info() {
    return NAME + "-" + version + ".dist-info/";
  }

  private void addJar(String name, byte[] jar) {
    files.put(NAME + "/jars/" + name, jar);
  }

  private void addSplit(SortedMap<String, byte[]> older, SortedMap<String, byte[]> newer)
      throws IOException {
    SortedMap<String, byte[]> common = new TreeMap<>();
    older.forEach(
        (name, bytes) -> {
          if (Arrays.equals(bytes, newer.get(name))) {
            common.put(name, bytes);
          }
        });
    Predicate<String> ofHadoop =
        name ->
            name.startsWith("org/apache/hadoop/") || name.startsWith("META-INF/services/org.apache.hadoop.");
    addJar("flyte-hadoop-common.jar", jar(common, null));
    addJar("flyte-hadoop-2.12-hadoop-3.3.jar", jar(rest(older, common, name -> true), older));
    addJar("flyte-hadoop-2.13.jar", jar(rest(newer, common, ofHadoop.negate()), null));
    addJar("flyte-hadoop-hadoop-3.5.jar", jar(rest(newer, common, ofHadoop), newer));
  }

  private static SortedMap<String, byte[]> rest(
      SortedMap<String, byte[]> all, Map<String, byte[]> common, Predicate<String> chosen) {
    SortedMap<String, byte[]> rest = new TreeMap<>(all);
    rest.keySet().removeAll(common.keySet());
    rest.keySet().removeIf(name -> !chosen.test(name));
    return rest;
  }

  private static SortedMap<String, byte[]> content(Path jar) throws IOException {
    SortedMap<String, byte[]> content = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
        content.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return content;
  }

  /** A jar; the manifest names the release of the connectors in it, when there are some. */
  private static byte[] jar(SortedMap<String, byte[]> content, SortedMap<String, byte[]> connectors)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    if (connectors != null) {
      Manifest old = new Manifest(new java.io.ByteArrayInputStream(connectors.get(MANIFEST)));
      String release = old.getMainAttributes().getValue("Hadoop-Connectors");
      manifest.getMainAttributes().putValue("Hadoop-Connectors", release);
    }
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    manifest.write(first);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      put(out, MANIFEST, first.toByteArray(), false);
      for (Map.Entry<String, byte[]> each : content.entrySet()) {
        if (!each.getKey().equals(MANIFEST)) {
          put(out, each.getKey(), each.getValue(), false);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes, boolean stored)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // local, because the format has no zone
    entry.setTimeLocal(java.time.LocalDateTime.ofEpochSecond(TIME / 1000, 0, java.time.ZoneOffset.UTC));
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private Path write(Path directory) throws IOException {
    String info = info();
    files.put(info + "METADATA", text(metadata()));
    files.put(
        info + "WHEEL",
        text("Wheel-Version: 1.0\nGenerator: WheelBuilder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
    List<String> record = new ArrayList<>();
    files.forEach((name, bytes) -> record.add(name + "," + digest(bytes) + "," + bytes.length));
    record.add(info + "RECORD,,");
    files.put(info + "RECORD", text(String.join("\n", record) + "\n"));
    Path wheel = directory.resolve(NAME + "-" + version + "-py3-none-any.whl");
    try (OutputStream file = Files.newOutputStream(wheel);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        // compressed already
        put(out, each.getKey(), each.getValue(), each.getKey().endsWith(".jar"));
      }
    }
    return wheel;
  }

  private String metadata() {
    return """
        Metadata-Version: 2.1
        Name: flyte-hadoop
        Version: %s
        Summary: Data of Flyte tasks on every store that Hadoop reads, for PySpark and for tasks on the JVM
        Home-page: https://github.com/flytehadoop/flyte-hadoop-persistence
        License: Apache-2.0
        Requires-Python: >=3.9
        Provides-Extra: spark
        Requires-Dist: pyspark>=3.4; extra == "spark"
        """
        .formatted(version);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256=" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new UncheckedIOException(new IOException(impossible));
    }
  }
}
