/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way. Nothing is visible under its final name until {@link #commit()} returns;
 * closing it without a commit throws the bytes away, so an exception can never publish half a file.
 */
public abstract class ObjectWrite extends OutputStream {
  private enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private State state = State.OPEN;
  private @Nullable String version;

  /** For the stores. */
  protected ObjectWrite() {}

  /**
   * Makes the bytes visible, whole, under the final name. Final: nothing can be written after it.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store refused; then nothing of
   *     ours is visible and nothing is left behind
   * @throws IllegalStateException after {@link #abort()} or {@link #close()}
   */
  public final void commit() throws IOException {
    if (state != State.COMMITTED) {
      finish(null);
    }
  }

  /**
   * Compares what arrived with what was sent, then does as {@link #commit()}.
   *
   * @return what the comparison rests on
   * @throws io.github.flytehadoop.error.TransferException of kind {@code INTEGRITY} when they
   *     differ; then nothing is visible
   */
  public final Proof commit(SentContent sent) throws IOException {
    return finish(sent);
  }

  private Proof finish(@Nullable SentContent sent) throws IOException {
    if (state != State.OPEN) {
      throw Problem.cannot("commit")
          .because("this file is " + state)
          .remedy("Open a new one.")
          .state();
    }
    Proof proof;
    try {
      complete();
      proof = sent == null ? Proof.LENGTH : verify(sent);
    } catch (IOException | RuntimeException failure) {
      abort();
      throw failure;
    }
    state = State.ABORTED;
    publish();
    state = State.COMMITTED;
    return proof;
  }

  /**
   * The version that was published, as {@link Attributes#version()} tells it of a listed file; null
   * before, and where the store did not say.
   */
  public final @Nullable String version() {
    return version;
  }

  /** Takes note of the version that was published. */
  protected final void published(@Nullable String newVersion) {
    version = newVersion;
  }

  /** Throws the bytes away; harmless when repeated or after a commit. */
  public final void abort() {
    if (state == State.OPEN) {
      state = State.ABORTED;
      discardUninterrupted();
    }
  }

  /** Cleans up where no interruption of the caller reaches. */
  protected final void discardUninterrupted() {
    Uninterruptibles.run(this::discard);
  }

  /** Aborts unless committed. */
  @Override
  public final void close() {
    abort();
  }

  /** Refuses bytes after the end. */
  protected final void requireOpen() {
    if (state != State.OPEN) {
      throw Problem.cannot("write").because("this file is already " + state).state();
    }
  }

  /** Hands the last bytes to the store, without making them visible. Called once. */
  protected void complete() throws IOException {}

  /** Compares what arrived with what was sent; throws {@code INTEGRITY} when they differ. */
  protected abstract Proof verify(SentContent sent) throws IOException;

  /** Makes the bytes visible, or cleans up and throws. Called once. */
  protected abstract void publish() throws IOException;

  /** Removes every trace; failures to do so are logged, not thrown. Called once. */
  protected abstract void discard();

  /**
   * Sends all of a source in place of {@link #write}: a store that reads it by itself, and again
   * for a repeated request, holds none of its bytes in memory.
   *
   * @return false when this store wants the bytes written; then nothing has happened
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when the
   *     source is another version, or that of the store when it refuses; nothing is visible then
   */
  public boolean send(RereadableSource source) throws IOException {
    return false;
  }

  @Override
  public final void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
