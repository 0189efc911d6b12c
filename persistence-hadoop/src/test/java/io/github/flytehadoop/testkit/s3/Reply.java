/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to the client, and how it is delivered. */
record Reply(int status, Map<String, String> headers, Content body, Delivery delivery) {

  static Reply of(int status, Map<String, String> headers, Content body) {
    return new Reply(status, headers, body, Delivery.WHOLE);
  }

  static Reply empty(int status) {
    return of(status, Map.of(), Content.EMPTY);
  }

  static Reply xml(int status, Xml document) {
    return of(status, Map.of("Content-Type", "application/xml"), document.toContent());
  }

  static Reply error(int status, String code, String message) {
    return xml(
        status,
        new Xml("Error").leaf("Code", code).leaf("Message", message).leaf("RequestId", "0"));
  }

  Reply withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, delivery);
  }

  Reply withBody(Content other) {
    return new Reply(status, headers, other, delivery);
  }

  Reply withDelivery(Delivery other) {
    return new Reply(status, headers, body, other);
  }
}
