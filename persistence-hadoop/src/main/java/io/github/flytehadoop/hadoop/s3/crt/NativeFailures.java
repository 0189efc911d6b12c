/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpException;

/** Errors of the native library as the exceptions that Java has for them. */
public final class NativeFailures {
  private NativeFailures() {}

  /** That of a connection which does not come about. */
  public static IOException ofConnecting(@Nullable Throwable failure, String address) {
    int error = 0;
    if (failure instanceof HttpException told) {
      error = told.getErrorCode();
    } else if (failure instanceof CrtRuntimeException told) {
      error = told.errorCode;
    } else {
      return new IOException(failure);
    }
    String name = String.valueOf(CRT.awsErrorName(error));
    return name.contains("TLS") && !name.contains("TIMEOUT")
        ? new SSLHandshakeException(CRT.awsErrorString(error) + " (" + name + ")")
        : of(error, address);
  }

  /** That of a request on a connection. */
  public static IOException of(int error, String address) {
    if (error == 0) {
      return new IOException("the connection to " + address + " was closed");
    }
    String name = String.valueOf(CRT.awsErrorName(error));
    String said = CRT.awsErrorString(error) + " (" + name + ")";
    if (name.contains("DNS")) {
      return new UnknownHostException(address.substring(0, address.lastIndexOf(':')));
    }
    if (name.contains("CONNECTION_REFUSED") || name.contains("NO_ROUTE")) {
      return new ConnectException("Connect to " + address + " failed: Connection refused");
    }
    if (name.contains("ACQUISITION_TIMEOUT")) {
      return new NoConnectionException(address);
    }
    if (name.contains("TIMEOUT")) {
      return new SocketTimeoutException("Connect to " + address + " timed out");
    }
    return new IOException("the connection to " + address + " broke: " + said);
  }
}
