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
      Map.of(
          "object_put_request", "PUT",
          "object_multipart_initiated", "POST",
          "multipart_upload_part_put", "PUT",
          "action_http_get_request", "GET",
          "action_http_head_request", "HEAD",
          "object_list_request", "LIST",
          "object_continue_list_request", "LIST",
          "object_copy_requests", "COPY",
          "object_delete_request", "DELETE",
          "object_bulk_delete_request", "DELETE");

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
