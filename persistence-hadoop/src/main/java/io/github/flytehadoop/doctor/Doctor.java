/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.KerberosLogin;
import io.github.flytehadoop.hadoop.StoreSetup;
import io.github.flytehadoop.hadoop.azure.AzureLocation;
import io.github.flytehadoop.hadoop.s3.AwsEnvironment;
import io.github.flytehadoop.hadoop.s3.S3Clients;
import io.github.flytehadoop.hadoop.s3.S3Settings;
import io.github.flytehadoop.hadoop.s3.crt.NativeLibrary;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.registry.StoreRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Examines this machine, and one place with the identity that transfers would use. */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PART_BYTES = 5L << 20;

  private final DataConfig config;
  private final Configuration base;
  private final Map<String, String> environment;

  /**
   * A doctor of one configuration.
   *
   * @param base what DataConfig is laid over; copied
   */
  public Doctor(DataConfig config, Configuration base, Map<String, String> environment) {
    this.config = config;
    this.base = new Configuration(base);
    this.environment = Map.copyOf(environment);
    // an examination does not wait for what an operator has to mend
    this.base.setIfUnset("ipc.client.connect.max.retries", "1");
    this.base.setIfUnset("ipc.client.connect.max.retries.on.timeouts", "1");
    this.base.setIfUnset("dfs.client.failover.max.attempts", "3");
  }

  /** The jars of this JVM. */
  public List<Finding> examine() {
    return ClasspathCheck.ofThisJvm().examine();
  }

  /**
   * The jars, and a place: its endpoint, identity, reach, clock, and what may be done below it. A
   * probe is written there and removed. A check that another one makes pointless is skipped, so
   * that one fault is one line.
   */
  public List<Finding> examine(Location place) {
    List<Finding> findings = new ArrayList<>(examine());
    try (FileSystems fileSystems = new FileSystems(config, base, environment)) {
      StoreRegistry stores = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART_BYTES);
      examine(place, fileSystems, stores, findings);
    }
    return findings;
  }

  private void examine(
      Location place, FileSystems fileSystems, StoreRegistry stores, List<Finding> findings) {
    Configuration effective;
    try {
      effective =
          place.isLocal() || !stores.hasFileSystem(place) ? base : fileSystems.configuration(place);
    } catch (ConfigException incomplete) {
      findings.add(
          Finding.failed("config", String.valueOf(incomplete.getMessage()), "Correct it."));
      return;
    } catch (IllegalArgumentException unknown) {
      findings.add(
          Finding.failed("scheme", String.valueOf(unknown.getMessage()), "Correct the scheme."));
      return;
    }
    List<Endpoint> endpoints = Endpoint.of(withAccount(place), effective);
    findings.add(endpoint(place, endpoints, effective));
    if (place.isOf(StoreKind.S3)) {
      findings.add(client(place, effective));
    }
    if (!isLoggedIn(findings)) {
      return;
    }
    String identity = IdentityCheck.of(place, effective);
    findings.add(Finding.ok("identity", identity));
    if (isReached(place, endpoints, findings)) {
      findings.addAll(permissions(place, stores, new Diagnosis(place, identity)));
    }
  }

  private Location withAccount(Location place) {
    return place.isOf(StoreKind.Family.AZURE)
        ? Location.parse(AzureLocation.hadoopUri(place, config.azure()))
        : place;
  }

  /** What sends the requests of transfers, and why nothing faster does. */
  private static Finding client(Location place, Configuration effective) {
    String needed = S3Clients.needsHadoop(place.authority(), effective).orElse("");
    if (!needed.isEmpty()) {
      return Finding.ok("client", "Hadoop's S3A, because of " + needed);
    }
    String problem = NativeLibrary.problem();
    return Finding.ok(
        "client",
        problem.isEmpty()
            ? "AWS SDK, and native code for the bytes of objects"
            : "AWS SDK alone, as there is no native code: " + problem);
  }

  private Finding endpoint(Location place, List<Endpoint> endpoints, Configuration effective) {
    String region = effective.getTrimmed("fs.s3a.endpoint.region", "");
    String where = endpoints.isEmpty() ? "none to connect to" : String.valueOf(endpoints);
    boolean hasRegion = place.isOf(StoreKind.S3) && !region.isEmpty();
    AwsEnvironment.Found ambient = S3Settings.ambientEndpoint(config.s3(), environment);
    boolean isAmbient =
        place.isOf(StoreKind.S3)
            && ambient != null
            && ambient.value().equals(effective.getTrimmed("fs.s3a.endpoint", ""));
    String source = isAmbient && ambient != null ? " (" + ambient.source() + ")" : "";
    return Finding.ok("endpoint", where + source + (hasRegion ? ", region " + region : ""));
  }

  private boolean isLoggedIn(List<Finding> findings) {
    try {
      KerberosLogin.ensure(base);
      return true;
    } catch (IOException refused) {
      findings.add(
          Finding.failed(
              "identity",
              "the keytab does not log in: " + refused.getMessage(),
              "Correct " + KerberosLogin.KEYTAB + " and " + KerberosLogin.PRINCIPAL + "."));
      return false;
    }
  }

  private static boolean isReached(
      Location place, List<Endpoint> endpoints, List<Finding> findings) {
    if (endpoints.isEmpty()) {
      return true;
    }
    List<Finding> reach =
        new ConnectivityCheck(PATIENCE).examine(endpoints, StoreSetup.endpoint(place.family()));
    findings.addAll(reach);
    if (reach.stream().anyMatch(Finding::isFailed)) {
      findings.add(Finding.skipped("list, write, read, delete", "because of the line above"));
      return false;
    }
    findings.add(new ClockSkewCheck(PATIENCE, InstantSource.system()).examine(endpoints.get(0)));
    return true;
  }

  private static List<Finding> permissions(
      Location place, StoreRegistry stores, Diagnosis diagnosis) {
    try {
      Store store = stores.of(place);
      return place.isOf(StoreKind.Family.WEB)
          ? List.of(look(store, place, diagnosis))
          : new Permissions(store, place, diagnosis).examine();
    } catch (TransferException failure) {
      return List.of(diagnosis.of("open", failure));
    } catch (IOException failure) {
      return List.of(Finding.failed("open", String.valueOf(failure.getMessage()), "Correct that."));
    }
  }

  /** A web server is asked for the file alone. */
  private static Finding look(Store store, Location file, Diagnosis diagnosis) throws IOException {
    try {
      return Finding.ok("read", "allowed, " + store.stat(file).lengthBytes() + " bytes");
    } catch (TransferException failure) {
      return diagnosis.of("read", failure);
    }
  }
}
