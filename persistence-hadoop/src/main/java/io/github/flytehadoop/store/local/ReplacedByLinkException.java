/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A name that a link, or another directory, has taken since it was looked at. */
final class ReplacedByLinkException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  ReplacedByLinkException(Path at) {
    super(at.toString());
  }
}
