package io.github.beamml.engine.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.json.CanonicalJson;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a dataset as a multiset of rows: how many there are and the sum of their 256-bit
 * hashes modulo 2^256. Neither the order of rows nor how they are cut into files matters; how often
 * a row occurs does. It finds accidents; against attackers stand the seals.
 *
 * <p>Exact and mergeable; it can also subtract.
 */
public final class Fingerprint {
  private static final int BYTES = Sha256.BYTES;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

  private final long rows;
  private final BigInteger sum;

  private Fingerprint(long rows, BigInteger sum) {
    this.rows = rows;
    this.sum = sum.mod(MODULUS);
  }

  /** Of no rows. */
  public static Fingerprint empty() {
    return new Fingerprint(0, BigInteger.ZERO);
  }

  public static Fingerprint of(RowBatch batch) {
    byte[] hashes = RowHash.ofAll(batch);
    long[] words = new long[BYTES / Integer.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(hashes);
    for (int row = 0; row < batch.size(); row++) {
      for (int word = 0; word < words.length; word++) {
        words[word] += Integer.toUnsignedLong(buffer.getInt());
      }
    }
    BigInteger sum = BigInteger.ZERO;
    for (long word : words) {
      sum = sum.shiftLeft(Integer.SIZE).add(BigInteger.valueOf(word));
    }
    return new Fingerprint(batch.size(), sum);
  }

  public Fingerprint plus(Fingerprint other) {
    return new Fingerprint(Math.addExact(rows, other.rows), sum.add(other.sum));
  }

  public Fingerprint minus(Fingerprint other) {
    return new Fingerprint(Math.subtractExact(rows, other.rows), sum.subtract(other.sum));
  }

  public long rows() {
    return rows;
  }

  /** The sum of the row hashes, 64 hexadecimal digits. */
  public String sum() {
    byte[] bytes = new byte[BYTES];
    byte[] magnitude = sum.toByteArray();
    int length = Math.min(magnitude.length, BYTES);
    System.arraycopy(magnitude, magnitude.length - length, bytes, BYTES - length, length);
    return Hex.of(bytes);
  }

  /**
   * The digest of schema, row count and sum: two datasets have the same one if their rows are the
   * same. Fields enter as (name, type) in the order of their names.
   */
  public String digest(RowSchema schema) {
    ObjectNode content = toJson();
    ArrayNode fields = content.putArray("fields");
    for (int position : schema.canonicalOrder()) {
      Field field = schema.field(position);
      fields.addObject().put("name", field.name()).put("type", field.type().label());
    }
    return Hex.of(Sha256.of(CanonicalJson.bytes(content)));
  }

  public ObjectNode toJson() {
    return CanonicalJson.object().put("rows", CanonicalJson.int64(rows)).put("sum", sum());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws CannotException if the JSON has another form
   */
  public static Fingerprint fromJson(JsonNode json) {
    try {
      return new Fingerprint(
          Long.parseLong(json.path("rows").asText()),
          new BigInteger(1, Hex.parse(json.path("sum").asText())));
    } catch (IllegalArgumentException e) {
      throw CannotException.to("read fingerprint", e.getMessage() + " in " + json, e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that && rows == that.rows && sum.equals(that.sum);
  }

  @Override
  public int hashCode() {
    return sum.hashCode() + Long.hashCode(rows);
  }

  @Override
  public String toString() {
    return rows + " rows " + sum();
  }
}
