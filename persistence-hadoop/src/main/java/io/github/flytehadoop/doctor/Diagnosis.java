/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.StoreSetup;
import io.github.flytehadoop.location.Location;

/** A failure in one line, with what to do about it. */
record Diagnosis(Location place, String identity) {
  Finding of(String verb, TransferException failure) {
    if (isClock(failure)) {
      return Finding.failed(
          verb, "the store refuses signatures of this machine's clock", ClockSkewCheck.FIX);
    }
    boolean noDirectories = failure.kind() == FailureKind.NOT_FOUND && verb.equals("write");
    if (noDirectories || isMissingStore(failure)) {
      return Finding.failed(
          verb,
          place.root() + " does not exist",
          "Correct its name, or create it; also check that the endpoint is the one that has it.");
    }
    if (failure.kind() == FailureKind.NO_CREDENTIALS) {
      return Finding.failed(
          verb, unaccepted(verb, failure), StoreSetup.credentials(place.family()));
    }
    if (failure.kind() == FailureKind.ACCESS_DENIED && !isQuota(failure)) {
      return Finding.failed(
          verb,
          identity + " may not " + verb + " here",
          "Ask for the permission to " + verb + " below " + place + ".");
    }
    String message = String.valueOf(failure.getMessage());
    Problem.Parts parts = Problem.partsOf(message);
    return parts == null
        ? Finding.failed(verb, message, "Correct that and run doctor again.")
        : Finding.failed(verb, parts.why(), parts.remedy());
  }

  /** Before a store is asked for anything, it cannot have refused anybody. */
  private String unaccepted(String verb, TransferException failure) {
    Problem.Parts parts = Problem.partsOf(String.valueOf(failure.getMessage()));
    String why = parts == null ? "" : parts.why();
    boolean unasked =
        why.startsWith("the login server") || why.startsWith("there are no credentials");
    return verb.equals("open") || unasked
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
