/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.hadoop.HadoopSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/**
 * How an executor asks the driver for the settings of the stores. The answer travels by RPC alone.
 *
 * <p>Both messages are classes of the JDK: Spark reads messages with the class loader of its own
 * jars, which cannot see ours when they come with {@code --packages} or {@code --jars}.
 */
final class SettingsMessages {
  /** The question. */
  static final String REQUEST = "settings of the stores";

  private SettingsMessages() {}

  static byte[] answer(HadoopSettings settings) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    return bytes.toByteArray();
  }

  static HadoopSettings settings(byte[] answer) throws IOException {
    try (ObjectInputStream in = new OwnClasses(answer)) {
      return (HadoopSettings) in.readObject();
    } catch (ClassNotFoundException impossible) {
      throw new IOException("the driver has another version of this library", impossible);
    }
  }

  private static final class OwnClasses extends ObjectInputStream {
    OwnClasses(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      ClassLoader own = SettingsMessages.class.getClassLoader();
      return Class.forName(description.getName(), false, own);
    }
  }
}
