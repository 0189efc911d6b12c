/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.hadoop.azure.AzureKey;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** The keys that Hadoop and the store clients on this class path really read. */
public final class KnownHadoopKeys {
  private static final Set<String> KEYS = collect();

  private KnownHadoopKeys() {}

  /** Whether something on the class path has this key as a constant, a default, or a pattern. */
  public static boolean knows(String key) {
    return KEYS.contains(key)
        || key.matches("fs\\.[a-z0-9]+\\.impl(\\.disable\\.cache)?")
        || key.matches("fs\\.AbstractFileSystem\\.[a-z0-9]+\\.impl")
        || key.matches("mapreduce\\.outputcommitter\\.factory\\.scheme\\.[a-z0-9]+");
  }

  /** The keys that a component such as {@code S3Config.endpoint} decides, for the document. */
  public static List<String> decidedBy(String component) {
    return SecretMasking.table()
        .filter(row -> row.components().contains(component))
        .map(row -> row instanceof AzureKey key ? key.forAccount("HOST") : row.key())
        .toList();
  }

  private static Set<String> collect() {
    Set<String> keys = new TreeSet<>();
    Configuration defaults = new Configuration();
    defaults.addResource("mapred-default.xml");
    defaults.addResource("hdfs-default.xml");
    defaults.forEach(entry -> keys.add(entry.getKey()));
    for (String constants :
        new String[] {
          "org.apache.hadoop.fs.s3a.Constants",
          "org.apache.hadoop.fs.s3a.audit.S3AAuditConstants",
          "org.apache.hadoop.fs.s3a.auth.delegation.DelegationConstants",
          "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter",
          "org.apache.hadoop.fs.azurebfs.constants.ConfigurationKeys",
          "org.apache.hadoop.hdfs.client.HdfsClientConfigKeys",
          "org.apache.hadoop.fs.viewfs.Constants",
          "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystemConfiguration",
          "com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.util.HadoopCredentialsConfiguration"
        }) {
      Arrays.stream(classNamed(constants).getFields())
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .forEach(field -> keys.add(keyOf(field)));
    }
    return keys;
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static String keyOf(Field field) {
    try {
      Object value = field.get(null);
      if (field.getType().getSimpleName().equals("HadoopConfigurationProperty")) {
        String key = (String) field.getType().getMethod("getKey").invoke(value);
        return key.startsWith(".") ? "fs.gs" + key : key;
      }
      return String.valueOf(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(field.toString(), e);
    }
  }
}
