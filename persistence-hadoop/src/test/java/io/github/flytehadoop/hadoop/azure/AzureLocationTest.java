/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureLocationTest {
  private static final AzureBlobStorageConfig NAMED =
      AzureBlobStorageConfig.builder().accountName("acct").build();

  @Rule({"W-3", "W-5"})
  @ParameterizedTest
  @CsvSource({
    "abfs://c/a/b, abfss://c@acct.dfs.core.windows.net/a/b",
    "abfss://c/a/b, abfss://c@acct.dfs.core.windows.net/a/b",
    "az://c/a/b/, abfss://c@acct.dfs.core.windows.net/a/b/",
    "abfs://c, abfss://c@acct.dfs.core.windows.net/",
    "abfs://c/a%20b#c, abfss://c@acct.dfs.core.windows.net/a%20b#c",
    "abfs://$web/x, abfss://$web@acct.dfs.core.windows.net/x",
    "abfs://c@other.dfs.core.windows.net/a, abfs://c@other.dfs.core.windows.net/a",
    "abfss://c@other/a, abfss://c@other.dfs.core.windows.net/a",
    "wasb://c@other.blob.core.windows.net/a, abfs://c@other.dfs.core.windows.net/a",
    "wasbs://c@other.blob.core.windows.net/a, abfss://c@other.dfs.core.windows.net/a",
    "abfss://c@o.dfs.core.usgovcloudapi.net/a, abfss://c@o.dfs.core.usgovcloudapi.net/a"
  })
  void becomesWhatAbfsUnderstands(String given, String expected) {
    assertThat(AzureLocation.hadoopUri(Location.parse(given), NAMED)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://acct.blob.core.usgovcloudapi.net, abfss://c@acct.dfs.core.usgovcloudapi.net/x",
    "https://acct.dfs.core.windows.net, abfss://c@acct.dfs.core.windows.net/x",
    "http://127.0.0.1:10000/acct, abfs://c@acct.dfs.core.windows.net/x",
    "http://azurite:10000/acct/, abfs://c@acct.dfs.core.windows.net/x",
    "https://127.0.0.1:10000/acct, abfss://c@acct.dfs.core.windows.net/x"
  })
  void theEndpointNamesTheAccountAndTheCloud(String endpoint, String expected) {
    AzureBlobStorageConfig config = AzureBlobStorageConfig.builder().endpoint(endpoint).build();
    assertThat(AzureLocation.hadoopUri(Location.parse("abfs://c/x"), config)).isEqualTo(expected);
  }

  @Test
  void anUnknownAccountIsRefusedWithWhatToSet() {
    assertThatThrownBy(
            () ->
                AzureLocation.hadoopUri(
                    Location.parse("abfs://c/x"), AzureBlobStorageConfig.defaults()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("abfs://c/x")
        .hasMessageContaining("FLYTE_AZURE_STORAGE_ACCOUNT_NAME")
        .hasMessageContaining("abfss://c@ACCOUNT.dfs.core.windows.net/");
  }

  @Test
  void theHostIsTheSuffixOfTheKeys() {
    assertThat(AzureLocation.accountHost(Location.parse("abfs://c/x"), NAMED))
        .isEqualTo("acct.dfs.core.windows.net");
  }
}
