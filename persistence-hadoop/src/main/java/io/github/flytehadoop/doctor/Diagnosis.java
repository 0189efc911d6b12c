/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A failure in one line, with what to do about it. */
record Diagnosis(Location place, String identity) {
  private static final Pattern PARTS =
      Pattern.compile("Cannot [^:]+(?::[^ ]*)*: (.*?)\\. ([A-Z].*)", Pattern.DOTALL);

  Finding of(String verb, TransferException failure) {
    if (isClock(failure)) {
      return Finding.failed(
          verb, "the store refuses signatures of this machine's clock", Clock.FIX);
    }
    boolean noDirectories = failure.kind() == FailureKind.NOT_FOUND && verb.equals("write");
    if (noDirectories || isMissingStore(failure)) {
      return Finding.failed(
          verb,
          place.scheme() + "://" + place.authority() + " does not exist",
          "Correct its name, or create it; also check that the endpoint is the one that has it.");
    }
    if (failure.kind() == FailureKind.NO_CREDENTIALS) {
      return Finding.failed(verb, unaccepted(verb, failure), Identity.howToSet(place));
    }
    if (failure.kind() == FailureKind.ACCESS_DENIED && !isQuota(failure)) {
      return Finding.failed(
          verb,
          identity + " may not " + verb + " here",
          "Ask for the permission to " + verb + " below " + place + ".");
    }
    Matcher parts = PARTS.matcher(String.valueOf(failure.getMessage()));
    return parts.matches()
        ? Finding.failed(verb, parts.group(1), parts.group(2))
        : Finding.failed(
            verb, String.valueOf(failure.getMessage()), "Correct that and run doctor again.");
  }

  /** Before a store is asked for anything, it cannot have refused anybody. */
  private String unaccepted(String verb, TransferException failure) {
    Matcher parts = PARTS.matcher(String.valueOf(failure.getMessage()));
    String why = parts.matches() ? parts.group(1) : "";
    return verb.equals("open") || why.startsWith("the login server")
        ? identity + ": " + why
        : "the store does not accept " + identity;
  }

  static boolean isClock(TransferException failure) {
    return says(failure, "RequestTimeTooSkewed") || says(failure, "RequestExpired");
  }

  static boolean isMissingStore(TransferException failure) {
    return says(failure, "NoSuchBucket")
        || says(failure, "UnknownStoreException")
        || says(failure, "ContainerNotFound")
        || says(failure, "FilesystemNotFound");
  }

  private static boolean isQuota(TransferException failure) {
    return says(failure, "Quota");
  }

  private static boolean says(Throwable failure, String word) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link.toString().contains(word)) {
        return true;
      }
    }
    return false;
  }
}
