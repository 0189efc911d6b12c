/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.hadoop.request.UploadStallDetector;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.conn.ConnectionReleaseTrigger;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;

/** A client of Apache whose requests end when nobody takes or wants their bodies any more. */
final class GcsHttpClient extends CloseableHttpClient {
  private final CloseableHttpClient client;
  private final UploadStallDetector watch;

  /** A client around another, which it closes. */
  GcsHttpClient(CloseableHttpClient client, UploadStallDetector watch) {
    this.client = client;
    this.watch = watch;
  }

  @Override
  protected CloseableHttpResponse doExecute(HttpHost host, HttpRequest request, HttpContext context)
      throws IOException {
    if (!(request instanceof HttpUriRequest abortable)) {
      return client.execute(host, request, context);
    }
    UploadStallDetector.Exchange exchange = watch.exchange();
    if (request instanceof HttpEntityEnclosingRequest sending && sending.getEntity() != null) {
      sending.setEntity(new WatchedBody(sending.getEntity(), exchange));
    }
    try (exchange) {
      exchange.begin(abortable::abort);
      CloseableHttpResponse answer = client.execute(host, request, context);
      if (answer.getEntity() != null) {
        answer.setEntity(new WatchedEntity(answer.getEntity(), watch, abortable));
      }
      return answer;
    } catch (IOException failure) {
      throw exchange.explained(failure);
    }
  }

  /** What is sent. */
  private static final class WatchedBody extends HttpEntityWrapper {
    private final UploadStallDetector.Exchange exchange;

    WatchedBody(HttpEntity body, UploadStallDetector.Exchange exchange) {
      super(body);
      this.exchange = exchange;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      super.writeTo(exchange.body(out));
      exchange.sent();
    }
  }

  /** What is answered. */
  private static final class WatchedEntity extends HttpEntityWrapper {
    private final UploadStallDetector watch;
    private final HttpUriRequest request;

    WatchedEntity(HttpEntity body, UploadStallDetector watch, HttpUriRequest request) {
      super(body);
      this.watch = watch;
      this.request = request;
    }

    @Override
    public InputStream getContent() throws IOException {
      InputStream bytes = super.getContent();
      return new Releasable(watch.answer(bytes, request::abort), bytes, request);
    }
  }

  /** Whoever gives up an answer asks for this. */
  private static final class Releasable extends FilterInputStream
      implements ConnectionReleaseTrigger {
    private final InputStream bytes;
    private final HttpUriRequest request;

    Releasable(InputStream watched, InputStream bytes, HttpUriRequest request) {
      super(watched);
      this.bytes = bytes;
      this.request = request;
    }

    @Override
    public void releaseConnection() throws IOException {
      close();
    }

    @Override
    public void abortConnection() throws IOException {
      if (bytes instanceof ConnectionReleaseTrigger connection) {
        connection.abortConnection();
      } else {
        request.abort();
      }
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
    client.close();
  }

  /** Asked for by nobody. */
  @Override
  @Deprecated
  public HttpParams getParams() {
    return client.getParams();
  }

  /** Asked for by nobody. */
  @Override
  @Deprecated
  public ClientConnectionManager getConnectionManager() {
    return client.getConnectionManager();
  }
}
