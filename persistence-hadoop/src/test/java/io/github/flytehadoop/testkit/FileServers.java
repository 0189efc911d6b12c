/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.hadoop.conf.Configuration;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An FTP and an SFTP server on 127.0.0.1, with one directory each, for one user. */
public final class FileServers implements AutoCloseable {
  private static final String USER = "reader";
  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final SshServer sftp;
  private final FtpServer ftp;
  private final ListenerFactory ftpListener;

  /** Servers that have started. */
  public FileServers() throws IOException, FtpException {
    directory = TestDirectories.create("servers");
    sftp = SshServer.setUpDefaultServer();
    sftp.setHost(LOOPBACK);
    sftp.setPort(0);
    sftp.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(directory.resolve("host.key")));
    sftp.setPasswordAuthenticator(
        (user, password, session) ->
            user.equals(USER) && password.equals(TestSecrets.S3_SECRET_KEY));
    sftp.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    sftp.setFileSystemFactory(
        new VirtualFileSystemFactory(Files.createDirectory(directory.resolve("sftp"))));
    sftp.start();
    FtpServerFactory factory = new FtpServerFactory();
    ftpListener = new ListenerFactory();
    ftpListener.setServerAddress(LOOPBACK);
    ftpListener.setPort(ServerProcess.freePort());
    factory.addListener("default", ftpListener.createListener());
    BaseUser user = new BaseUser();
    user.setName(USER);
    user.setPassword(TestSecrets.S3_SECRET_KEY);
    user.setHomeDirectory(Files.createDirectory(directory.resolve("ftp")).toString());
    user.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(user);
    ftp = factory.createServer();
    ftp.start();
  }

  /** {@code sftp://127.0.0.1:port}. */
  public String sftp() {
    return "sftp://" + LOOPBACK + ":" + sftp.getPort();
  }

  /** {@code ftp://127.0.0.1:port}. */
  public String ftp() {
    return "ftp://" + LOOPBACK + ":" + ftpListener.getPort();
  }

  /** What a server shows, on this disk. */
  public Path directory(String protocol) {
    return directory.resolve(protocol);
  }

  /** What a core-site.xml says of them. */
  public Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("fs.sftp.user." + LOOPBACK, USER);
    conf.set("fs.sftp.password." + LOOPBACK + "." + USER, TestSecrets.S3_SECRET_KEY);
    conf.set("fs.ftp.user." + LOOPBACK, USER);
    conf.set("fs.ftp.password." + LOOPBACK, TestSecrets.S3_SECRET_KEY);
    conf.set("fs.ftp.data.connection.mode", "PASSIVE_LOCAL_DATA_CONNECTION_MODE");
    return conf;
  }

  @Override
  public void close() throws IOException {
    sftp.stop(true);
    ftp.stop();
    TestDirectories.delete(directory);
  }
}
