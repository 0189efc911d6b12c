/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.hadoop.azure.AzureClient;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.hadoop.RangeInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one version of a blob. Nothing is asked for before the first byte is, and of the
 * answer a few buffers of the network are held. ABFS's own stream reads ahead of every position,
 * and so far beyond the end of a range.
 */
final class AzureRead extends RangeInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(AzureRead.class);

  private final AzureRequests requests;
  private final Path path;
  private final String etag;
  private @Nullable InputStream body;

  AzureRead(AzureRequests requests, Path path, Version version, ByteRange range) {
    super(version.lengthBytes(), range.offset(), endOf(range));
    this.requests = requests;
    this.path = path;
    this.etag = version.etag();
  }

  /** What pins the bytes of a blob. */
  record Version(String etag, long lengthBytes) {}

  @Override
  protected int receive(byte[] bytes, int offset, int most) throws IOException {
    int count = requests.connection().call(client -> once(client, bytes, offset, most));
    InputStream open = body;
    if (open != null && position() + count == end()) {
      finish(open);
    }
    return count;
  }

  /** Reads of the answer, or of another from where it stopped. */
  private int once(AzureClient client, byte[] bytes, int offset, int most) throws IOException {
    try {
      InputStream open = body;
      if (open == null) {
        open = client.get(AzureRequests.key(path), "\"" + etag + "\"", position(), end());
        body = open;
      }
      int count = open.read(bytes, offset, most);
      if (count < 0) {
        throw endedEarly();
      }
      return count;
    } catch (IOException | RuntimeException failure) {
      abandon();
      throw failure;
    }
  }

  @Override
  protected @Nullable InputStream answer() {
    return body;
  }

  /** The connection is free when the end of the answer has been seen. */
  @Override
  protected void finish(InputStream answer) {
    try {
      if (answer.read() >= 0) {
        LOG.debug("{} was answered with more than was asked for", path);
      }
    } catch (IOException | RuntimeException broken) {
      LOG.trace("all bytes of {} are here", path, broken);
    }
    abandon();
  }

  @Override
  protected void abandon() {
    InputStream open = body;
    body = null;
    IOUtils.closeStream(open);
  }
}
