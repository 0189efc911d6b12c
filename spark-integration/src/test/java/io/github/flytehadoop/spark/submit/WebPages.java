/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All pages that links lead to, from some first ones, on this machine. */
final class WebPages {
  /** Of the pages that differ in their parameters alone, such as those of stages. */
  private static final int MOST_OF_A_KIND = 4;

  private static final Pattern LINK = Pattern.compile("href=[\"']([^\"'#]+)");
  private static final Pattern NOT_PAGES =
      Pattern.compile("/static/|\\.ico$|/threadDump|/heapHistogram");

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final Map<URI, String> pages = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final Deque<URI> open = new ArrayDeque<>();

  private WebPages() {}

  /** The text of each page, by its address. */
  static Map<URI, String> from(Collection<URI> first) throws IOException, InterruptedException {
    WebPages all = new WebPages();
    all.open.addAll(first);
    while (!all.open.isEmpty()) {
      all.read(all.open.remove());
    }
    return all.pages;
  }

  private void read(URI page) throws IOException, InterruptedException {
    if (pages.containsKey(page)
        || kinds.merge(page.getAuthority() + page.getPath(), 1, Integer::sum) > MOST_OF_A_KIND) {
      return;
    }
    HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(60)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    pages.put(page, response.statusCode() == 200 ? response.body() : "");
    Matcher link = LINK.matcher(response.body());
    while (link.find()) {
      URI target = response.uri().resolve(link.group(1).replace("&amp;", "&").replace(" ", "%20"));
      if ("127.0.0.1".equals(target.getHost()) && !NOT_PAGES.matcher(target.toString()).find()) {
        open.add(target);
      }
    }
  }
}
