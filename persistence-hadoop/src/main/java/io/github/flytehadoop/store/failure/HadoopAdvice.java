/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to do about failures that say more than their kind does. */
final class HadoopAdvice {
  private record Rule(Set<String> classes, String advice) {}

  private static final String TICKET =
      "Get a Kerberos ticket (kinit), log in from a keytab, or give the job a fresh delegation"
          + " token.";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Set.of("QuotaExceededException"),
              "Delete files there, or ask for a larger quota (hdfs dfsadmin -setQuota,"
                  + " -setSpaceQuota)."),
          new Rule(
              Set.of("SafeModeException"),
              "Wait until the name node leaves safe mode (hdfs dfsadmin -safemode get), then run it"
                  + " again."),
          new Rule(
              Set.of("StandbyException"),
              "Name the nameservice, so that the active name node is found, and run it again."),
          new Rule(
              Set.of("BlockMissingException", "ChecksumException"),
              "Its data nodes are down or its replicas are damaged: see hdfs fsck PATH -files"
                  + " -blocks -locations."),
          new Rule(Set.of("InvalidToken", "KerberosAuthException", "SaslException"), TICKET),
          new Rule(
              Set.of("NotInMountpointException"),
              "Name a place below a mount: fs.viewfs.mounttable.NAME.link.PATH in core-site.xml."),
          new Rule(Set.of("UnsupportedFileSystemException"), "Then run it again."),
          new Rule(Set.of("UnusableListingException"), "Ask whoever runs the store."),
          new Rule(
              Set.of("UnknownHostException"),
              "Check the host; of a nameservice, set HADOOP_CONF_DIR to the directory of its"
                  + " hdfs-site.xml."));

  /**
   * Said by clients without a ticket, in an exception that otherwise means a missing permission.
   */
  private static final Set<String> NO_TICKET =
      Set.of("Client cannot authenticate via", "SIMPLE authentication is not enabled");

  private HadoopAdvice() {}

  static Optional<String> of(List<Throwable> chain) {
    if (hasNoTicket(chain)) {
      return Optional.of(TICKET);
    }
    return RULES.stream()
        .filter(rule -> HadoopFailures.matches(chain, rule.classes))
        .map(Rule::advice)
        .findFirst();
  }

  static boolean hasNoTicket(List<Throwable> chain) {
    return chain.stream()
        .map(link -> String.valueOf(link.getMessage()))
        .anyMatch(said -> NO_TICKET.stream().anyMatch(said::contains));
  }
}
