/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.GenericPersistenceConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.HadoopConfigurations;
import io.github.flytehadoop.hadoop.StorageOptions;
import io.github.flytehadoop.location.PathForm;
import io.github.flytehadoop.location.RecursivePaths;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method refuses null by the argument's name, before it does anything. */
class NullArgumentsTest {
  private static FileAccessProvider provider;

  /** One argument of one method. */
  record Argument(Object target, Method method, int index) {
    Parameter parameter() {
      return method.getParameters()[index];
    }

    @Override
    public String toString() {
      return method.getDeclaringClass().getSimpleName()
          + "."
          + method.getName()
          + "/"
          + method.getParameterCount()
          + " "
          + parameter().getName();
    }
  }

  @BeforeAll
  static void open() throws Exception {
    provider = FileAccessProvider.localDefault();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static Stream<Argument> arguments() throws Exception {
    FileAccessProvider any = FileAccessProvider.localDefault();
    any.close();
    List<Argument> all = new ArrayList<>();
    collect(FileAccessProvider.class, any, all);
    collect(FileAccessProvider.Builder.class, FileAccessProvider.builder(), all);
    collect(HadoopConfigurations.class, "", all);
    collect(StorageOptions.class, "", all);
    collect(FileSystemOptions.class, FileSystemOptions.defaults(), all);
    collect(RawData.class, "", all);
    collect(RawDataOptions.class, RawDataOptions.defaults(), all);
    collect(CopyOptions.class, CopyOptions.defaults(), all);
    collect(TransferLimits.class, TransferLimits.defaults(), all);
    collect(DataConfig.class, DataConfig.defaults(), all);
    return all.stream();
  }

  private static void collect(Class<?> type, Object target, List<Argument> all) {
    for (Method method : type.getDeclaredMethods()) {
      boolean own = method.isSynthetic() || method.getName().equals("equals");
      if (!Modifier.isPublic(method.getModifiers()) || own) {
        continue;
      }
      for (int index = 0; index < method.getParameterCount(); index++) {
        Parameter parameter = method.getParameters()[index];
        boolean nullable = parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (!parameter.getType().isPrimitive() && !nullable) {
          all.add(new Argument(target, method, index));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("arguments")
  @Rule({"W-9", "W-36", "FAP-CT-8", "B58"})
  void nullIsRefusedByName(Argument argument) throws Exception {
    Object[] values = new Object[argument.method().getParameterCount()];
    for (int index = 0; index < values.length; index++) {
      Class<?> type = argument.method().getParameterTypes()[index];
      values[index] = index == argument.index() ? null : some(type);
    }
    Object target = argument.target() instanceof FileAccessProvider ? provider : argument.target();
    assertThatThrownBy(
            () -> {
              try {
                argument.method().invoke(target, values);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            })
        .isInstanceOf(NullPointerException.class)
        .message()
        .containsAnyOf(argument.parameter().getName(), setting(argument.method().getName()));
  }

  /** A builder's method is named after what it sets, as in {@code withFileName(name)}. */
  private static String setting(String method) {
    String name = method.startsWith("with") ? method.substring(4) : method;
    return name.isEmpty() ? "overrides" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Object some(Class<?> type) throws IOException {
    Map<Class<?>, Object> known =
        Map.ofEntries(
            Map.entry(String.class, "x"),
            Map.entry(String[].class, new String[] {"x"}),
            Map.entry(Path.class, Path.of("x")),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(byte[].class, new byte[0]),
            Map.entry(Map.class, Map.of()),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[0])),
            Map.entry(Reader.class, new StringReader("")),
            Map.entry(Charset.class, StandardCharsets.UTF_8),
            Map.entry(RawData.class, RawData.text("x")),
            Map.entry(RawDataOptions.class, RawDataOptions.defaults()),
            Map.entry(CopyOptions.class, CopyOptions.defaults()),
            Map.entry(TransferLimits.class, TransferLimits.defaults()),
            Map.entry(FileSystemOptions.class, FileSystemOptions.defaults()),
            Map.entry(DataConfig.class, DataConfig.defaults()),
            Map.entry(Configuration.class, new Configuration(false)),
            Map.entry(FileSystem.class, provider.getFileSystem()),
            Map.entry(BlobDimensionality.class, BlobDimensionality.SINGLE),
            Map.entry(Depth.class, Depth.TREE),
            Map.entry(CompareBy.class, CompareBy.CONTENT),
            Map.entry(Consumer.class, (Consumer<Object>) ignored -> {}),
            Map.entry(PathForm.class, PathForm.AS_GIVEN),
            Map.entry(AnonymousAccess.class, AnonymousAccess.NEVER));
    assertThat(known).as("a value for the other arguments").containsKey(type);
    return known.get(type);
  }

  @Test
  void recordsRefuseNullByName() {
    S3Config s3 = S3Config.builder().build();
    GCSConfig gcs = GCSConfig.builder().build();
    AzureBlobStorageConfig azure = AzureBlobStorageConfig.builder().build();
    GenericPersistenceConfig generic = GenericPersistenceConfig.builder().build();
    assertThatThrownBy(() -> new DataConfig(null, gcs, azure, generic)).hasMessageContaining("s3");
    assertThatThrownBy(() -> new DataConfig(s3, null, azure, generic)).hasMessageContaining("gcs");
    assertThatThrownBy(() -> new DataConfig(s3, gcs, null, generic)).hasMessageContaining("azure");
    assertThatThrownBy(() -> new DataConfig(s3, gcs, azure, null)).hasMessageContaining("generic");
    assertThatThrownBy(() -> new RecursivePaths(null, "x")).hasMessageContaining("from");
    assertThatThrownBy(() -> new RecursivePaths("x", null)).hasMessageContaining("to");
  }
}
