/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

/** How far this machine's clock is from that of a web server: signatures are valid for minutes. */
final class ClockSkewCheck {
  static final String FIX = "Set the clock of this machine, for example with chronyd or ntpd.";

  private static final String CHECK = "clock";
  private static final Duration TOO_FAR = Duration.ofMinutes(5);
  private static final Duration FAR = Duration.ofMinutes(1);

  private final Duration patience;
  private final InstantSource here;

  ClockSkewCheck(Duration patience, InstantSource here) {
    this.patience = patience;
    this.here = here;
  }

  Finding examine(Endpoint endpoint) {
    if (endpoint.web() == Endpoint.Web.NONE) {
      return Finding.skipped(CHECK, "this protocol does not tell the time");
    }
    try {
      String date = date(URI.create(endpoint + "/"));
      Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      Duration skew = Duration.between(there, here.instant());
      String said = "this machine is " + skew.abs().toSeconds() + " s " + direction(skew);
      if (skew.abs().compareTo(TOO_FAR) > 0) {
        return Finding.failed(CHECK, said, FIX);
      }
      return skew.abs().compareTo(FAR) > 0
          ? Finding.warning(CHECK, said, FIX)
          : Finding.ok(CHECK, said);
    } catch (IOException | DateTimeException unknown) {
      return Finding.skipped(CHECK, "the server does not tell the time");
    }
  }

  private static String direction(Duration skew) {
    return skew.isNegative() ? "behind the store" : "ahead of the store";
  }

  private String date(URI uri) throws IOException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build();
    HttpRequest head =
        HttpRequest.newBuilder(uri)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .timeout(patience)
            .build();
    try {
      return client
          .send(head, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Date")
          .orElse("");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread was interrupted");
    }
  }
}
