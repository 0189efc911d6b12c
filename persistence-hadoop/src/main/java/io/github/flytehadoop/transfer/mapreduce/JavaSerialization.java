/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Values of the plan as bytes, between JVMs that run the same jar. Nothing but the classes of a
 * plan is made from bytes, whoever wrote them.
 */
final class JavaSerialization {
  /** The classes of plans, receipts and orders, and what their fields consist of. */
  private static final ObjectInputFilter PLANS_ALONE =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=64;maxarray=16777216;io.github.flytehadoop.**"
              + ";java.util.ArrayList;java.util.TreeMap;java.util.HashMap;java.util.Map$Entry"
              + ";java.util.CollSer;java.util.ImmutableCollections$*;java.time.Ser;java.time.Duration;java.time.Instant"
              + ";java.lang.String;java.lang.Number;java.lang.Long;java.lang.Integer"
              + ";java.lang.Boolean;java.lang.Enum;java.lang.Object;!*");

  private JavaSerialization() {}

  static byte[] bytes(Serializable value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  static <T> T value(byte[] bytes, Class<T> type) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(PLANS_ALONE);
      return type.cast(in.readObject());
    } catch (ClassNotFoundException missing) {
      throw new IOException("The worker runs another version of this library", missing);
    }
  }
}
