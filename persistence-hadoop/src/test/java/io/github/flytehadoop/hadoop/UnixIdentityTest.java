/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process whose user id has no name gets a Hadoop user; any other is left alone. */
@Tag("slow")
class UnixIdentityTest {
  @AfterEach
  void forget() {
    UserGroupInformation.reset();
  }

  @Test
  void aNamedUserIsLeftAlone() throws IOException {
    UserGroupInformation before = UserGroupInformation.getLoginUser();
    UnixIdentity.ensureLoginUser(new Configuration(), Map.of("HADOOP_USER_NAME", "someone"));
    assertThat(UserGroupInformation.getLoginUser()).isSameAs(before);
  }

  @Test
  void aLoginThatHasBeenSetIsLeftAlone() throws IOException {
    UserGroupInformation set = UserGroupInformation.createRemoteUser("chosen");
    UserGroupInformation.setLoginUser(set);
    UnixIdentity.ensureLoginUser(new Configuration(), Map.of(), () -> null);
    assertThat(UserGroupInformation.getLoginUser()).isSameAs(set);
  }

  @ParameterizedTest
  @CsvSource({"'', flyte", "bob, bob"})
  void aUserIdWithoutANameGetsAUser(String wanted, String expected)
      throws IOException, InterruptedException {
    assertThat(inANamelessProcess(wanted, "guarded")).isEqualTo(expected);
  }

  @Test
  void hadoopStillRefusesAUserIdWithoutAName() throws IOException, InterruptedException {
    assertThat(inANamelessProcess("bob", "plain")).isEqualTo("refused");
  }

  private static String inANamelessProcess(String wanted, String mode)
      throws IOException, InterruptedException {
    List<String> nameless = List.of("unshare", "--user", "--map-user=54321");
    assumeTrue(works(nameless), "this machine allows no user namespaces (unshare --user)");
    List<String> command = new ArrayList<>(nameless);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WhoAmI.class.getName(), mode));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HADOOP_USER_NAME", wanted);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  private static boolean works(List<String> prefix) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints the name of Hadoop's user, or that there is none. */
  static final class WhoAmI {
    private WhoAmI() {}

    public static void main(String[] mode) {
      if (mode[0].equals("guarded")) {
        UnixIdentity.ensureLoginUser(new Configuration(), System.getenv());
      }
      try {
        System.out.println(UserGroupInformation.getLoginUser().getShortUserName());
      } catch (IOException e) {
        System.out.println("refused");
      }
    }
  }

  @Test
  void kerberosIsLeftAlone() {
    Configuration kerberos = new Configuration();
    kerberos.set("hadoop.security.authentication", "kerberos");
    UnixIdentity.ensureLoginUser(
        kerberos,
        Map.of(),
        () -> {
          throw new AssertionError("asked for the name");
        });
  }
}
