/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.secret.key",
        "fs.s3a.bucket.my.dotted.bucket.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.bucket.b.session.token",
        "fs.azure.account.key.acct.dfs.core.windows.net",
        "fs.azure.account.key.container.acct.dfs.core.windows.net",
        "fs.azure.account.oauth2.client.secret.acct.dfs.core.windows.net",
        "fs.azure.sas.fixed.token.acct.dfs.core.windows.net",
        "fs.s3a.encryption.key",
        "fs.gs.encryption.key",
        "fs.gs.auth.refresh.token",
        "fs.ftp.password.host",
        "fs.sftp.password.host.user",
        "ssl.server.keystore.password",
        "my.API.Token",
        "some.credential"
      })
  void secret(String key) {
    assertThat(SecretMasking.isSecret(key)).isTrue();
    assertThat(SecretMasking.masked(key, "the-value")).isEqualTo("***");
    assertThat(SecretMasking.masked(key, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.endpoint",
        "fs.s3a.aws.credentials.provider",
        "fs.s3a.bucket.my.bucket.aws.credentials.provider",
        "spark.hadoop.fs.s3a.delegation.token.binding",
        "fs.azure.account.oauth2.token.file.acct.dfs.core.windows.net",
        "fs.azure.account.auth.type.acct.dfs.core.windows.net",
        "fs.gs.auth.service.account.json.keyfile",
        "dfs.replication"
      })
  void plain(String key) {
    assertThat(SecretMasking.masked(key, "the-value")).isEqualTo("the-value");
  }

  @Test
  void optionsShowNoSecret() {
    FileSystemOptions options =
        FileSystemOptions.with(Map.of("fs.s3a.secret.key", "the-secret"))
            .withOverride("fs.s3a.endpoint", "http://x");
    assertThat(options.toString())
        .contains("fs.s3a.secret.key=***")
        .contains("http://x")
        .doesNotContain("the-secret");
  }

  @Test
  void optionsAreValues() {
    Map<String, String> given = new HashMap<>(Map.of("k", "v"));
    FileSystemOptions options = FileSystemOptions.with(given);
    given.put("k", "other");
    assertThat(options.overrides()).containsOnly(Map.entry("k", "v"));
    assertThat(FileSystemOptions.defaults().access()).isEqualTo(Access.CREDENTIALS);
    assertThat(FileSystemOptions.anonymous().access()).isEqualTo(Access.ANONYMOUS);
    assertThat(FileSystemOptions.anonymous().withOverride("k", "v"))
        .isEqualTo(options.withAccess(Access.ANONYMOUS))
        .isNotEqualTo(options);
    Map<String, String> holey = new HashMap<>();
    holey.put("k", null);
    assertThatThrownBy(() -> FileSystemOptions.with(holey))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("override of k");
  }
}
