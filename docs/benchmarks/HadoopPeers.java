/* Licensed under Apache-2.0; see LICENSE. */

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsShell;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;

/**
 * What a user of Hadoop would run: {@code shell -put FROM TO} is {@code hadoop fs -put}, {@code copyFromLocal FROM TO} and
 * {@code copyToLocal FROM TO} are the methods of the file system, {@code bare TO} writes one small file with nothing but the file system
 * (the floor of a put). All other settings are Hadoop's own.
 */
public final class HadoopPeers {
  private HadoopPeers() {}

  /** One command. */
  public static void main(String[] args) throws Exception {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.endpoint", System.getenv("AWS_ENDPOINT_URL"));
    conf.set("fs.s3a.endpoint.region", System.getenv("AWS_REGION"));
    conf.set("fs.s3a.path.style.access", "true");
    conf.set("fs.s3a.connection.ssl.enabled", "false");
    conf.set("fs.s3a.aws.credentials.provider", "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider");
    switch (args[0]) {
      case "shell" -> System.exit(ToolRunner.run(conf, new FsShell(), java.util.Arrays.copyOfRange(args, 1, args.length)));
      case "copyFromLocal" -> store(conf, args[2]).copyFromLocalFile(new Path(args[1]), new Path(args[2]));
      case "copyToLocal" -> store(conf, args[1]).copyToLocalFile(false, new Path(args[1]), new Path(args[2]), true);
      case "bare" -> {
        try (FSDataOutputStream out = store(conf, args[1]).create(new Path(args[1]))) {
          out.write(1);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static FileSystem store(Configuration conf, String uri) throws Exception {
    return FileSystem.get(URI.create(uri), conf);
  }
}
