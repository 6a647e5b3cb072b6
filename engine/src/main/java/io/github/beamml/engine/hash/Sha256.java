package io.github.beamml.engine.hash;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), reusable by one thread. */
public final class Sha256 {
  /** Bytes of a digest. */
  public static final int BYTES = 32;

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static byte[] of(byte[] bytes) {
    return new Sha256().update(bytes, 0, bytes.length).finish();
  }

  /** Digests what is left of the stream, which stays open. */
  public static byte[] of(InputStream in) throws IOException {
    Sha256 sha256 = new Sha256();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sha256.update(buffer, 0, n);
    }
    return sha256.finish();
  }

  public Sha256 update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** The digest of all updates since the last finish; starts afresh. */
  public byte[] finish() {
    return digest.digest();
  }

  /** As {@link #finish()}, into 32 bytes of {@code out} at {@code offset}. */
  public void finishInto(byte[] out, int offset) {
    try {
      digest.digest(out, offset, BYTES);
    } catch (DigestException e) {
      throw new IndexOutOfBoundsException("no room for a digest at " + offset);
    }
  }
}
