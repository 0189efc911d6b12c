/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Listings that lie, and keys that no path names: an error before the first byte moves. */
@Timeout(60)
class S3ListingsTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    s3.putDirectly("b", "d/one", CONTENT);
    s3.putDirectly("b", "d/two", CONTENT);
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferException refusal() throws Exception {
    Path out = temp.resolve("out");
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/d", out, BlobDimensionality.MULTIPART));
    Invariants.ofSending(Map.of("one", CONTENT, "two", CONTENT)).in(out).afterFailure(failure);
    assertThat(out).doesNotExist();
    assertThat(s3.count(RequestKind.GET_OBJECT)).isZero();
    return failure;
  }

  @ParameterizedTest
  @CsvSource({
    "d/three/, like a directory marker",
    "d/three_$folder$, like a directory marker",
    "d//three, empty segment",
    "d/x//three, empty segment",
    "d/./three, the segment .",
    "d/../../three, outside",
    "d/x/../../../three, outside",
  })
  @Rule({"B10", "B11", "B12", "B13", "B14", "B16"})
  void aKeyThatNoPathNamesIsNamedAndNothingMoves(String key, String why) throws Exception {
    s3.putDirectly("b", key, CONTENT);
    TransferException failure = refusal();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure.getMessage()).contains(why).hasLineCount(1);
    assertThat(s3.count(LIST)).as("the listing, and whether it is a file").isLessThan(3);
  }

  @Test
  @Rule({"B14", "B35"})
  void aMarkerWithoutDataIsNoFile() throws Exception {
    s3.putDirectly("b", "d/three/", new byte[0]);
    provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(temp.resolve("out/one")).hasBinaryContent(CONTENT);
    assertThat(temp.resolve("out/two")).hasBinaryContent(CONTENT);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of(Corruption.repeatedToken()),
        Arguments.of(Corruption.duplicateKeys()),
        Arguments.of(Corruption.keysOutOfOrder()));
  }

  @ParameterizedTest
  @MethodSource("lies")
  @Rule("F28")
  void aListingThatContradictsItselfIsRefused(Fault lie) throws Exception {
    s3.faults(FaultPlan.of(FaultRule.on(LIST).gives(lie)));
    TransferException failure = refusal();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure.getMessage()).contains("inconsistent");
    assertThat(s3.count(LIST)).isLessThanOrEqualTo(3);
  }

  /** A page may have no keys and yet not be the last, as where many versions were deleted. */
  @Test
  void anEmptyFirstPageIsNotTheEnd() throws Exception {
    FaultRule empty = FaultRule.on(LIST).nth(1).gives(Corruption.emptyPage());
    s3.faults(FaultPlan.of(empty));
    assertThat(provider.exists("s3://b/d")).isTrue();
    s3.faults(FaultPlan.of(empty));
    provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(temp.resolve("out/one")).hasBinaryContent(CONTENT);
    s3.faults(FaultPlan.of(empty));
    provider.delete("s3://b/d", Depth.TREE);
    assertThat(s3.keys("b")).isEmpty();
  }

  static Stream<Fault> endless() {
    return Stream.of(Corruption.repeatedToken(), Corruption.missingToken());
  }

  @ParameterizedTest
  @MethodSource("endless")
  @Rule("F28")
  void aDirectoryIsNotGoneWhenItsListingContradictsItself(Fault lie) {
    s3.faults(FaultPlan.of(FaultRule.on(LIST).from(2).gives(lie)));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.delete("s3://b/d", Depth.TREE));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("inconsistent");
  }

  /** A source that seems empty because its listing broke off must not empty the target. */
  @Test
  @Rule("F27")
  void nothingIsDeletedAfterAListingThatFailed() throws Exception {
    for (int i = 0; i < 1500; i++) {
      s3.putDirectly("b", "from/%04d".formatted(i), CONTENT);
    }
    s3.putDirectly("b", "d/only-here", CONTENT);
    s3.faults(FaultPlan.of(FaultRule.on(LIST).from(2).gives(Fault.status(403, "AccessDenied"))));
    CopyOptions mirror =
        CopyOptions.defaults()
            .withEngine(Engine.LOCAL)
            .withOnExisting(OnExisting.OVERWRITE)
            .withDeleteExtra(DeleteExtra.upTo(100));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.copy("s3://b/from", "s3://b/d", mirror));
    assertThat(failure).isNotNull();
    assertThat(failure.report()).isNull();
    assertThat(s3.keys("b")).contains("d/one", "d/two", "d/only-here").hasSize(1503);
  }

  @Test
  @Rule("B15")
  void aFileThatIsADirectoryTooIsAConflictOnDisksAndNoneInBuckets() throws Exception {
    s3.putDirectly("b", "d/one/below", CONTENT);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(Files.exists(temp.resolve("out"))).isFalse();
    provider.copy("s3://b/d", "s3://b/e", CopyOptions.defaults().withEngine(Engine.LOCAL));
    assertThat(s3.keys("b")).contains("e/one", "e/one/below", "e/two");
  }
}
