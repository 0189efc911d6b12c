/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bucket of the endpoint. */
record S3Disk(S3Endpoint s3, String bucket) implements Disk {
  @Override
  public String uri(String path) {
    return "s3://" + bucket + "/" + path;
  }

  @Override
  public SortedMap<String, String> files() {
    SortedMap<String, String> found = new TreeMap<>();
    for (String key : s3.keys(bucket)) {
      String content = Contents.text(s3.bytes(bucket, key));
      if (!key.endsWith("/") || !content.isEmpty()) { // a marker of a directory is no file
        found.put(key, content);
      }
    }
    return found;
  }

  @Override
  public boolean write(String path, String content) {
    if (content.startsWith("\0")) {
      return false;
    }
    s3.putDirectly(bucket, path, Contents.bytes(content));
    return true;
  }

  @Override
  public List<String> remove(String path) {
    List<String> gone =
        s3.keys(bucket).stream()
            .filter(key -> key.equals(path) || key.startsWith(path + "/"))
            .toList();
    gone.forEach(key -> s3.deleteDirectly(bucket, key));
    return gone;
  }

  @Override
  public List<String> pending() {
    return s3.pendingUploads(bucket).stream().map(key -> "upload of " + key).toList();
  }

  @Override
  public void close() {
    s3.abortDirectly(bucket);
    s3.keys(bucket).forEach(key -> s3.deleteDirectly(bucket, key));
  }
}
