import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Path;

/**
 * Puts a directory below a prefix and gets it back: {@code PutAndGet model s3://bucket/raw
 * copy-of-model}. Where the store is and how to sign in is what {@code FLYTE_AWS_*} say.
 */
public final class PutAndGet {
  private PutAndGet() {}

  public static void main(String[] words) throws Exception {
    try (FileAccessProvider provider =
        FileAccessProvider.builder().temporarySandbox().rawOutputPrefix(words[1]).build()) {
      TransferReport put = provider.putRawData(RawData.path(Path.of(words[0])));
      provider.downloadDirectory(put.uri(), Path.of(words[2]));
      System.out.println(put.files() + " files in " + put.uri());
    }
  }
}
