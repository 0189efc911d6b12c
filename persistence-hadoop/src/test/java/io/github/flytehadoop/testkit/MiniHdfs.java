/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.EditLogFileOutputStream;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A real HDFS in this JVM. {@link #shared()} is one for all tests of a JVM, with one DataNode,
 * started by the first that asks and stopped after the last; a test that kills nodes starts its
 * own.
 */
public final class MiniHdfs implements AutoCloseable {
  private static final AtomicInteger DIRECTORIES = new AtomicInteger();

  private final MiniDFSCluster cluster;
  private final java.nio.file.Path base;

  private static final class Shared {
    static final MiniHdfs CLUSTER = start(1);

    static {
      AtEnd.stop(CLUSTER::close);
    }
  }

  private MiniHdfs(MiniDFSCluster cluster, java.nio.file.Path base) {
    this.cluster = cluster;
    this.base = base;
  }

  /** The cluster of this JVM. */
  public static MiniHdfs shared() {
    return Shared.CLUSTER;
  }

  /** A cluster of one's own, to be closed. */
  public static MiniHdfs start(int dataNodes) {
    return start(dataNodes, Map.of());
  }

  /** A cluster of one's own with settings of the servers. */
  public static MiniHdfs start(int dataNodes, Map<String, String> settings) {
    String temporary = System.getProperty("java.io.tmpdir");
    try {
      java.nio.file.Path base = TestDirectories.create("hdfs");
      // its web servers unpack themselves into the temporary directory
      System.setProperty("java.io.tmpdir", base.toString());
      Configuration conf = new Configuration();
      conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
      conf.set("test.build.data", base.toString());
      conf.set("hadoop.tmp.dir", base.toString());
      conf.set("dfs.namenode.fs-limits.min-block-size", "1024");
      conf.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
      conf.set("dfs.client.block.write.locateFollowingBlock.retries", "12");
      settings.forEach(conf::set);
      EditLogFileOutputStream.setShouldSkipFsyncForTesting(true);
      MiniDFSCluster cluster =
          new MiniDFSCluster.Builder(conf).numDataNodes(dataNodes).nameNodePort(0).build();
      cluster.waitActive();
      return new MiniHdfs(cluster, base);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot start HDFS", failure);
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  /** {@code hdfs://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("hdfs://127.0.0.1:" + cluster.getNameNodePort());
  }

  /** A new configuration for its clients: small blocks, so that small files have several. */
  public Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("fs.defaultFS", uri().toString());
    conf.set("dfs.replication", String.valueOf(cluster.getDataNodes().size()));
    conf.set("dfs.checksum.combine.mode", "COMPOSITE_CRC");
    conf.set("dfs.blocksize", "65536");
    conf.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    conf.set("dfs.client.block.write.locateFollowingBlock.retries", "12");
    return conf;
  }

  /** A new file system that the caller closes. */
  public FileSystem newFileSystem() throws IOException {
    return FileSystem.newInstance(uri(), configuration());
  }

  /** The same as another user. */
  public FileSystem newFileSystemAs(String user) throws IOException {
    UserGroupInformation identity = UserGroupInformation.createRemoteUser(user);
    try {
      return identity.doAs((PrivilegedExceptionAction<FileSystem>) this::newFileSystem);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while becoming " + user);
    }
  }

  /** A new, empty directory: its whole URI. */
  public String newDirectory() throws IOException {
    String path = uri() + "/test/" + DIRECTORIES.incrementAndGet();
    cluster.getFileSystem().mkdirs(new Path(path));
    return path;
  }

  /** A file in a directory that nobody else may enter: its whole URI. */
  public String newPrivateFile() throws IOException {
    String directory = newDirectory();
    FileSystem fileSystem = cluster.getFileSystem();
    try (OutputStream out = fileSystem.create(new Path(directory, "file"))) {
      out.write(1);
    }
    fileSystem.setPermission(new Path(directory), new FsPermission("700"));
    return directory + "/file";
  }

  /** The names of all files below a directory. */
  public List<String> fileNames(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    var files = cluster.getFileSystem().listFiles(new Path(directory), true);
    while (files.hasNext()) {
      names.add(files.next().getPath().getName());
    }
    return names;
  }

  /** The names of all files and directories below a directory. */
  public List<String> names(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus entry : cluster.getFileSystem().listStatus(new Path(directory))) {
      names.add(entry.getPath().getName());
      if (entry.isDirectory()) {
        names.addAll(names(entry.getPath().toString()));
      }
    }
    return names;
  }

  /** The cluster itself, for tests that stop or corrupt parts of it. */
  public MiniDFSCluster cluster() {
    return cluster;
  }

  @Override
  public void close() {
    cluster.shutdown(true);
    TestDirectories.delete(base);
  }
}
