/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.doctor.Finding.Verdict;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TlsServer;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One fault is one line, and no two faults are the same line. */
@Tag("slow")
class DoctorTest {
  private static final String KEY = "AKIAEXAMPLE00000";
  private static final String SECRET = "a-secret-that-nobody-may-see";

  private S3Endpoint endpoint;

  @BeforeEach
  void start() {
    endpoint = S3Endpoint.start();
    endpoint.createBucket("bucket");
    endpoint.identities(Map.of(KEY, S3Endpoint.ALL_BUCKETS));
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private static List<Finding> examine(String endpoint, String key, String place) {
    return examine(endpoint, key, place, new Configuration());
  }

  private static List<Finding> examine(
      String endpoint, String key, String place, Configuration base) {
    S3Config s3 =
        S3Config.builder()
            .endpoint(endpoint)
            .addressingStyle(AddressingStyle.PATH)
            .accessKeyId(key)
            .secretAccessKey(SECRET)
            .retries(1)
            .backoff(Duration.ofMillis(10))
            .build();
    DataConfig config = DataConfig.builder().s3(s3).build();
    List<Finding> findings = new Doctor(config, base, Map.of()).examine(Location.parse(place));
    assertThat(findings.toString()).doesNotContain(SECRET).doesNotContain(key);
    return findings;
  }

  /** The one line that failed: what and what to do. */
  private static String diagnosis(List<Finding> findings) {
    List<Finding> failed = findings.stream().filter(Finding::isFailed).toList();
    assertThat(failed).as("%s", findings).hasSize(1);
    assertThat(failed.get(0).fix()).isNotBlank();
    assertThat(failed.get(0).detail()).doesNotContain("\n");
    return failed.get(0).detail() + ". Fix: " + failed.get(0).fix();
  }

  @Test
  void aHealthyPlaceHasNoFailuresAndNoProbeIsLeft() {
    List<Finding> findings = examine(endpoint.uri().toString(), KEY, "s3://bucket/some/prefix");
    assertThat(findings).noneMatch(Finding::isFailed);
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.OK)
        .extracting(Finding::check)
        .contains("versions", "endpoint", "identity", "reach", "list", "write", "read", "delete");
    assertThat(endpoint.keys("bucket")).isEmpty();
    assertThat(findings).anySatisfy(it -> assertThat(it.detail()).contains("AKIA***"));
  }

  @Test
  void sixFaultsAreSixLines() throws IOException {
    String healthy = endpoint.uri().toString();
    List<String> lines = new ArrayList<>();
    lines.add(diagnosis(examine(healthy, "AKIAUNKNOWN00000", "s3://bucket/d")));
    assertThat(lines.get(0)).contains("does not accept").contains("FLYTE_AWS_ACCESS_KEY_ID");
    lines.add(diagnosis(examine(healthy, KEY, "s3://other/d")));
    assertThat(lines.get(1)).contains("s3://other does not exist");
    lines.add(diagnosis(examine("http://no-such-host.invalid", KEY, "s3://bucket/d")));
    assertThat(lines.get(2)).contains("no host has the name").contains("FLYTE_AWS_ENDPOINT");
    lines.add(diagnosis(examine(closedPort(), KEY, "s3://bucket/d")));
    assertThat(lines.get(3)).contains("nothing listens at http://127.0.0.1");
    endpoint.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.values()).gives(Fault.status(403, "RequestTimeTooSkewed"))));
    lines.add(diagnosis(examine(healthy, KEY, "s3://bucket/d")));
    assertThat(lines.get(4)).contains("clock").contains("ntpd");
    lines.add(diagnosis(examine(healthy, KEY, "s3://bucket/d", withoutS3a())));
    assertThat(lines.get(5)).contains("hadoop-aws");
    Set<String> distinct = new HashSet<>(lines);
    assertThat(distinct).hasSize(6);
  }

  private static String closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  /** Whoever asks for Hadoop's own client needs its jar. */
  private static Configuration withoutS3a() {
    Configuration base = new Configuration();
    base.set("fs.flyte.client", "hadoop");
    base.setClassLoader(
        new ClassLoader(DoctorTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.hadoop.fs.s3a")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        });
    return base;
  }

  @Test
  void somebodyWhoMayOnlyReadIsToldSo() {
    endpoint.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.PUT_OBJECT).gives(Fault.status(403, "AccessDenied"))));
    String line = diagnosis(examine(endpoint.uri().toString(), KEY, "s3://bucket/d"));
    assertThat(line).contains("may not write").contains("Ask for the permission to write");
  }

  @Test
  void aJarOfAnotherVersionIsNamed() throws IOException {
    Path jar = TestDirectories.create("jars").resolve("hadoop-aws-3.4.1.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("org/apache/hadoop/fs/s3a/S3AFileSystem.class"));
      zip.closeEntry();
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      String line = diagnosis(new ClasspathCheck(loader, "3.5.0").examine());
      assertThat(line).contains("hadoop-aws 3.4.1", "Hadoop 3.5.0", "Use hadoop-aws 3.5.0");
    }
  }

  @Test
  void theJarsOfThisBuildGoTogether() {
    assertThat(ClasspathCheck.ofThisJvm().examine()).noneMatch(Finding::isFailed);
  }

  @Test
  void aClockThatIsAheadIsMeasured() throws IOException {
    try (var server = new io.github.flytehadoop.testkit.WebServer()) {
      Endpoint web = Endpoint.of(Location.parse(server.url("/")), new Configuration()).get(0);
      Instant wrong = Instant.now().plusSeconds(3600);
      Finding finding = new ClockSkewCheck(Duration.ofSeconds(5), () -> wrong).examine(web);
      assertThat(finding.isFailed()).isTrue();
      assertThat(finding.detail()).contains("ahead of the store");
      Finding right = new ClockSkewCheck(Duration.ofSeconds(5), Instant::now).examine(web);
      assertThat(right.verdict()).isEqualTo(Verdict.OK);
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsOneLine() throws IOException, GeneralSecurityException {
    try (TlsServer server = new TlsServer("ip:127.0.0.1")) {
      String line = diagnosis(examine(server.url(), KEY, "s3://bucket/d"));
      assertThat(line).contains("the handshake with " + server.url()).contains("trustStore");
    }
  }

  @Test
  void aCertificateIsTrustedForItsNameOnly() throws IOException, GeneralSecurityException {
    assertThat(tls("ip:127.0.0.1")).matches("TLSv1\\.[23], certificate valid until 20.*Z");
    assertThat(tls("dns:elsewhere.example")).startsWith("the handshake with https://127.0.0.1");
  }

  private static String tls(String name) throws IOException, GeneralSecurityException {
    try (TlsServer server = new TlsServer(name)) {
      Endpoint endpoint = Endpoint.of(Location.parse(server.url()), new Configuration()).get(0);
      return new ConnectivityCheck(Duration.ofSeconds(5), server.trusting().getSocketFactory())
          .examine(List.of(endpoint), "").stream()
              .filter(finding -> finding.check().equals("tls"))
              .map(Finding::detail)
              .findFirst()
              .orElseThrow();
    }
  }

  @Test
  void localAndInMemoryPlacesAreExaminedToo() throws IOException {
    String directory = TestDirectories.create("doctor").toString();
    assertThat(examine("http://127.0.0.1:1", KEY, directory)).noneMatch(Finding::isFailed);
    assertThat(examine("http://127.0.0.1:1", KEY, "memory://m/d")).noneMatch(Finding::isFailed);
    assertThat(diagnosis(examine("http://127.0.0.1:1", KEY, "s5://m/d"))).contains("fs.s5.impl");
  }

  @Test
  void theNameNodesOfANameserviceAreItsEndpoints() {
    Configuration conf = new Configuration();
    conf.set("dfs.ha.namenodes.ns1", "a,b");
    conf.set("dfs.namenode.rpc-address.ns1.a", "one:9000");
    conf.set("dfs.namenode.rpc-address.ns1.b", "two");
    assertThat(Endpoint.of(Location.parse("hdfs://ns1/x"), conf))
        .containsExactly(
            new Endpoint("one", 9000, Endpoint.Web.NONE),
            new Endpoint("two", 8020, Endpoint.Web.NONE));
    assertThat(Endpoint.of(Location.parse("hdfs://host/x"), conf))
        .containsExactly(new Endpoint("host", 8020, Endpoint.Web.NONE));
  }
}
