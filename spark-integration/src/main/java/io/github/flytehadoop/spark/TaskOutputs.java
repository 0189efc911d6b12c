/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * What the tasks of a job have written.
 *
 * @param directories below the destination; the empty name is the destination itself
 * @param elsewhere temporary file to final name, of partitions that have a place of their own
 */
record TaskOutputs(Set<String> directories, Map<String, String> elsewhere) {
  /** No name contains it: Spark escapes control characters. */
  private static final String SEPARATOR = "\n";

  /** Says nothing is in no directory; the destination itself is an empty name. */
  private static final String MARK = "/";

  /**
   * What a task tells the driver: what Spark's own protocol says, with the directories as one
   * string, so that no serializer of a user meets a class of ours.
   */
  static TaskCommitMessage message(TaskCommitMessage sparks, Set<String> directories) {
    Object elsewhere = ((Tuple2<?, ?>) sparks.obj())._1();
    StringBuilder names = new StringBuilder();
    directories.forEach(name -> names.append(MARK).append(name).append(SEPARATOR));
    return new TaskCommitMessage(new Tuple2<>(elsewhere, names.toString()));
  }

  static TaskOutputs of(Iterator<TaskCommitMessage> messages) {
    Set<String> directories = new TreeSet<>();
    Map<String, String> elsewhere = new LinkedHashMap<>();
    while (messages.hasNext()) {
      Tuple2<?, ?> said = (Tuple2<?, ?>) messages.next().obj();
      Iterator<?> files = ((scala.collection.Map<?, ?>) said._1()).iterator();
      while (files.hasNext()) {
        Tuple2<?, ?> file = (Tuple2<?, ?>) files.next();
        elsewhere.put((String) file._1(), (String) file._2());
      }
      Arrays.stream(((String) said._2()).split(SEPARATOR))
          .filter(name -> !name.isEmpty())
          .forEach(name -> directories.add(name.substring(MARK.length())));
    }
    return new TaskOutputs(directories, elsewhere);
  }

  boolean isEmpty() {
    return directories.isEmpty() && elsewhere.isEmpty();
  }
}
