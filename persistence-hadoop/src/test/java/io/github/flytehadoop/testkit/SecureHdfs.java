/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * An HDFS with Kerberos and encryption in transit, and its key distribution centre, in this JVM.
 * Hadoop knows one kind of login in a JVM: tests that use it have the tag {@code kerberos}, and run
 * in a JVM of their own. The user of this JVM is {@code hdfs}; {@code alice} has a keytab.
 */
public final class SecureHdfs {
  /** The user who is nobody special. */
  public static final String ALICE = "alice";

  private final Path directory;
  private final MiniKdc kdc;
  private final MiniHdfs hdfs;
  private final Map<String, String> settings;

  private static final class Shared {
    static final SecureHdfs CLUSTER;

    static {
      try {
        CLUSTER = new SecureHdfs();
      } catch (Exception failure) { // as MiniKdc declares
        throw new IllegalStateException("Cannot start a secure HDFS", failure);
      }
      AtEnd.stop(CLUSTER::close);
    }
  }

  private SecureHdfs() throws Exception {
    directory = TestDirectories.create("kerberos");
    Properties properties = MiniKdc.createConf();
    properties.setProperty(MiniKdc.KDC_BIND_ADDRESS, "127.0.0.1");
    kdc = new MiniKdc(properties, directory.toFile());
    kdc.start();
    Path keytab = directory.resolve("services.keytab");
    kdc.createPrincipal(keytab.toFile(), "hdfs/localhost", "HTTP/localhost");
    kdc.createPrincipal(keytab(ALICE).toFile(), ALICE);
    settings = settings(keytab);
    Configuration conf = new Configuration();
    settings.forEach(conf::set);
    UserGroupInformation.setConfiguration(conf);
    UserGroupInformation.loginUserFromKeytab(principal("hdfs/localhost"), keytab.toString());
    hdfs = MiniHdfs.start(1, settings);
    writeSiteFiles();
  }

  private Map<String, String> settings(Path keytab) {
    Map<String, String> keys = new HashMap<>();
    keys.put("hadoop.security.authentication", "kerberos");
    keys.put("hadoop.rpc.protection", "privacy");
    keys.put("dfs.data.transfer.protection", "privacy");
    keys.put("dfs.block.access.token.enable", "true");
    keys.put("ignore.secure.ports.for.testing", "true");
    for (String node : new String[] {"namenode", "datanode"}) {
      keys.put("dfs." + node + ".kerberos.principal", principal("hdfs/localhost"));
      keys.put("dfs." + node + ".keytab.file", keytab.toString());
    }
    keys.put("dfs.web.authentication.kerberos.principal", principal("HTTP/localhost"));
    keys.put("dfs.web.authentication.kerberos.keytab", keytab.toString());
    return keys;
  }

  /** The cluster of this JVM. */
  public static SecureHdfs shared() {
    return Shared.CLUSTER;
  }

  /** The cluster itself; its own file system is that of the superuser. */
  public MiniHdfs hdfs() {
    return hdfs;
  }

  /** A new configuration for its clients. */
  public Configuration configuration() {
    Configuration conf = hdfs.configuration();
    settings.forEach(conf::set);
    return conf;
  }

  /** A name in the realm. */
  public String principal(String name) {
    return name + "@" + kdc.getRealm();
  }

  /** Where a user's keys are. */
  public Path keytab(String user) {
    return directory.resolve(user + ".keytab");
  }

  /** Another user of this JVM, logged in from a keytab. */
  public UserGroupInformation login(String user) throws IOException {
    return UserGroupInformation.loginUserFromKeytabAndReturnUGI(
        principal(user), keytab(user).toString());
  }

  /** A ticket of a user as {@code kinit} leaves it: the file of the cache. */
  public Path newTicket(String user) throws Exception {
    Path cache = directory.resolve(user + ".ticket");
    var client =
        new org.apache.kerby.kerberos.kerb.client.KrbClient(kdc.getKrb5conf().getParentFile());
    client.init();
    var ticket = client.requestTgt(principal(user), keytab(user).toFile());
    client.storeTicket(ticket, cache.toFile());
    return cache;
  }

  /** The directory that {@code HADOOP_CONF_DIR} names on machines of this cluster. */
  public Path confDirectory() {
    return directory.resolve("conf");
  }

  /** What tells a JVM where the key distribution centre is. */
  public String krb5() {
    return kdc.getKrb5conf().getAbsolutePath();
  }

  private void writeSiteFiles() throws IOException {
    Files.createDirectories(confDirectory());
    Configuration core = new Configuration(false);
    Configuration site = new Configuration(false);
    settings.forEach((key, value) -> (key.startsWith("dfs.") ? site : core).set(key, value));
    core.set("fs.defaultFS", hdfs.uri().toString());
    try (OutputStream out = Files.newOutputStream(confDirectory().resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    try (OutputStream out = Files.newOutputStream(confDirectory().resolve("hdfs-site.xml"))) {
      site.writeXml(out);
    }
  }

  private void close() {
    hdfs.close();
    kdc.stop();
  }
}
