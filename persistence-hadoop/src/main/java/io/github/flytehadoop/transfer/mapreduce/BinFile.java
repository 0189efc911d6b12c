/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.TransferItem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bins of a job in a file of the cluster, one after the other, and where each begins in a
 * second: a plan may be larger than any configuration, and than the memory of who submits it.
 */
final class BinFile {
  private BinFile() {}

  /** Writes the bins as they come; returns how many there are. */
  static int write(FileSystem cluster, Path file, Iterable<List<TransferItem>> bins)
      throws IOException {
    int count = 0;
    try (DataOutputStream out = cluster.create(file, true);
        DataOutputStream index = cluster.create(index(file), true)) {
      long offset = 0;
      for (List<TransferItem> bin : bins) {
        byte[] packed = JavaSerialization.bytes(new ArrayList<>(bin));
        out.write(packed);
        index.writeLong(offset);
        index.writeInt(packed.length);
        offset += packed.length;
        count++;
      }
    }
    return count;
  }

  private static Path index(Path file) {
    return file.suffix(".index");
  }

  /** Where one bin is. */
  record Place(long offset, int lengthBytes) {}

  static List<Place> places(FileSystem cluster, Path file) throws IOException {
    List<Place> places = new ArrayList<>();
    long left = cluster.getFileStatus(index(file)).getLen() / (Long.BYTES + Integer.BYTES);
    try (DataInputStream in = cluster.open(index(file))) {
      for (; left > 0; left--) {
        places.add(new Place(in.readLong(), in.readInt()));
      }
    }
    return places;
  }

  /** The files of one bin. */
  static List<TransferItem> items(byte[] bin) throws IOException {
    List<TransferItem> items = new ArrayList<>();
    for (Object item : JavaSerialization.value(bin, ArrayList.class)) {
      items.add((TransferItem) item);
    }
    return items;
  }

  static byte[] read(FileSystem cluster, Path file, Place place) throws IOException {
    byte[] bin = new byte[place.lengthBytes()];
    try (var in = cluster.open(file)) {
      in.readFully(place.offset(), bin);
    }
    return bin;
  }
}
