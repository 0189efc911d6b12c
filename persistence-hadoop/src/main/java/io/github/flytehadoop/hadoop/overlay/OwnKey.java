/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.overlay;

/** The keys of a Hadoop configuration that this library reads itself. */
public enum OwnKey {
  CLIENT(
      "fs.flyte.client",
      "`native`, `sdk` or `hadoop`",
      "native",
      "who sends requests: our client with native code, without it, or Hadoop's own file systems"),
  DURABILITY(
      "fs.flyte.durability",
      "`buffered` or `forced`",
      "buffered",
      "when a file on a disk counts as written: when the machine has it, or when the disk has"),
  HTTP_TIMEOUT(
      "flyte.http.timeout",
      "a time such as `30s`",
      "60s",
      "how long a web server may be silent: while connecting, before it answers, between two bytes"),
  KEYTAB(
      "flyte.kerberos.keytab", "a local file", "", "logs in with Kerberos when there is no ticket"),
  PRINCIPAL(
      "flyte.kerberos.principal",
      "`user@REALM`",
      "",
      "whose keys the keytab holds; needed with it"),
  ACCOUNT_HOST(
      "flyte.azure.account.host",
      "a host",
      "that of the configured account",
      "the account of `abfs://container/path` in Spark's own readers and writers; set by us");

  private final String key;
  private final String choice;
  private final String standard;
  private final String purpose;

  OwnKey(String key, String choice, String standard, String purpose) {
    this.key = key;
    this.choice = choice;
    this.standard = standard;
    this.purpose = purpose;
  }

  /** The key as it is written in a configuration. */
  public String key() {
    return key;
  }

  /** The values that it may have, for a reader. */
  public String choice() {
    return choice;
  }

  /** What holds when it is not set; empty when nothing does. */
  public String standard() {
    return standard;
  }

  /** What it is for, in a few words. */
  public String purpose() {
    return purpose;
  }
}
