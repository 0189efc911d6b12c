/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String VALUE = "test-secret-4711";

  @Test
  void showsItsValueOnlyWhenAsked() {
    Secret secret = Secret.of(VALUE);
    assertThat(secret.reveal()).isEqualTo(VALUE);
    assertThat(secret).hasToString("***");
    assertThat(String.format("%s %S", secret, secret)).isEqualTo("*** ***");
  }

  @Test
  void isEqualByValue() {
    assertThat(Secret.of(VALUE)).isEqualTo(Secret.of(VALUE)).hasSameHashCodeAs(Secret.of(VALUE));
    assertThat(Secret.of(VALUE)).isNotEqualTo(Secret.of("other")).isNotEqualTo(VALUE);
  }

  @Test
  void cannotBeSerialisedByAccident() {
    assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    assertThat(
            Arrays.stream(Secret.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("get")))
        .containsExactly("getClass");
  }

  @Test
  void refusesNull() {
    assertThatNullPointerException().isThrownBy(() -> Secret.of(null)).withMessage("value");
  }

  @Test
  void showsTheStartOfALongIdentifierOnly() {
    assertThat(Secret.partly("AKIAIOSFODNN7EXAMPLE")).isEqualTo("AKIA***");
    assertThat(Secret.partly("minio")).isEqualTo("***");
  }
}
