/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;

/** What a client says it has sent, under the names that price lists use. */
final class RequestCounts {
  /** Counters of Hadoop's connectors; a part of a multipart upload is a PUT there too. */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("object_put_request", "PUT"),
          Map.entry("object_multipart_initiated", "POST"),
          Map.entry("multipart_upload_part_put", "PUT"),
          Map.entry("action_http_get_request", "GET"),
          Map.entry("action_http_head_request", "HEAD"),
          // S3A counts these under other names, Azure and GCS do not
          Map.entry("action_http_put_request", "PUT"),
          Map.entry("action_http_post_request", "POST"),
          Map.entry("action_http_patch_request", "POST"),
          Map.entry("action_http_delete_request", "DELETE"),
          Map.entry("object_list_request", "LIST"),
          Map.entry("object_continue_list_request", "LIST"),
          Map.entry("object_copy_requests", "COPY"),
          Map.entry("object_delete_request", "DELETE"),
          Map.entry("object_bulk_delete_request", "DELETE"));

  private RequestCounts() {}

  static Map<String, Long> of(FileSystem fileSystem) {
    Map<String, Long> counts = new TreeMap<>();
    if (fileSystem instanceof IOStatisticsSource source) {
      IOStatistics statistics = source.getIOStatistics();
      if (statistics != null) {
        CLASSES.forEach(
            (counter, kind) ->
                counts.merge(kind, statistics.counters().getOrDefault(counter, 0L), Long::sum));
      }
    }
    return counts;
  }
}
