/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4 in the Authorization header; chunk signatures are not looked at. */
final class SigV4 {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=[^/]+/(\\d+)/([^/]+)/([^/]+)/aws4_request, *"
              + "SignedHeaders=([^,]+), *Signature=([0-9a-f]+)");

  private SigV4() {}

  static boolean isSignedBy(String secret, HttpHead head) {
    Matcher parts = AUTHORIZATION.matcher(head.header("authorization").orElse(""));
    if (!parts.matches()) {
      return false;
    }
    String scope = parts.group(1) + "/" + parts.group(2) + "/" + parts.group(3) + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + head.header("x-amz-date").orElse("")
            + "\n"
            + scope
            + "\n"
            + sha256(canonicalRequest(head, parts.group(4)));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String word : scope.split("/", -1)) {
      key = hmac(key, word);
    }
    return Checksums.hex(hmac(key, toSign)).equals(parts.group(5));
  }

  private static String canonicalRequest(HttpHead head, String signedHeaders) {
    String query =
        head.query().entrySet().stream()
            .map(pair -> Map.entry(encode(pair.getKey()), encode(pair.getValue())))
            .sorted(Map.Entry.comparingByKey())
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining("&"));
    String headers =
        Stream.of(signedHeaders.split(";", -1))
            .map(name -> name + ":" + head.header(name).orElse("").replaceAll(" +", " ") + "\n")
            .collect(Collectors.joining());
    String payload = head.header("x-amz-content-sha256").orElse("UNSIGNED-PAYLOAD");
    return String.join("\n", head.method(), head.rawPath(), query, headers, signedHeaders, payload);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String sha256(String text) {
    return Checksums.hex(Checksums.digest("SHA-256", Content.of(text)));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
