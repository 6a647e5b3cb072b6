package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A split by a salted hash of the row key, of a group, or of the row key within a stratum; see
 * {@link Split} for how shares become parts. Another salt gives another division of the same rows.
 */
public final class HashSplit extends Split {
  private static final long serialVersionUID = 1L;
  private static final BigDecimal TWO_TO_64 = new BigDecimal(BigInteger.ONE.shiftLeft(64));

  /** What is hashed. */
  enum By {
    HASH("by_hash"),
    GROUP("by_group"),
    STRATUM("stratified");

    private final String label;

    By(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final By by;
  private final String column;
  private final double validation;
  private final double test;
  private final String salt;
  private final BigInteger validationEnd;
  private final BigInteger testEnd;

  private HashSplit(By by, String column, double validation, double test, String salt) {
    this.by = by;
    this.column = column;
    this.validation = validation;
    this.test = test;
    this.salt = salt;
    this.validationEnd = width("validation", validation);
    this.testEnd = validationEnd.add(width("test", test));
    if (testEnd.bitLength() > 64) {
      throw InvalidInputException.because(
          place("test"), "validation and test take all rows (together they must be less than 1)");
    }
  }

  static HashSplit of(By by, String column) {
    return new HashSplit(by, column, 0, 0, "");
  }

  static HashSplit of(By by, String column, double validation, double test, String salt) {
    return new HashSplit(by, column, validation, test, salt);
  }

  /** floor(share * 2^64). */
  private BigInteger width(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw InvalidInputException.of(place(name), share, "at least 0 and less than 1");
    }
    return new BigDecimal(share).multiply(TWO_TO_64).toBigInteger();
  }

  private String place(String name) {
    return KEY + (by == By.HASH ? ".by_hash." : ".shares.") + name;
  }

  /**
   * @param share of the rows, at least 0 and less than 1
   * @throws InvalidInputException if it is not, or nothing is left to train
   */
  public HashSplit validation(double share) {
    return new HashSplit(by, column, share, test, salt);
  }

  /**
   * @param share of the rows, at least 0 and less than 1
   * @throws InvalidInputException if it is not, or nothing is left to train
   */
  public HashSplit test(double share) {
    return new HashSplit(by, column, validation, share, salt);
  }

  /** Any text; another one divides the rows in another way. */
  public HashSplit salt(String text) {
    return new HashSplit(by, column, validation, test, text);
  }

  @Override
  public void check(RowSchema schema) {
    if (by != By.GROUP) {
      RowHashes.checkKeys(schema, KEY + "." + by.label());
    }
    if (by != By.HASH) {
      schema.position(column, KEY + "." + by.label());
    }
  }

  @Override
  public byte[] assign(RowBatch batch) {
    check(batch.schema());
    long seed = RowHashes.seed(salt);
    long[] hashes =
        switch (by) {
          case HASH -> RowHashes.ofKeys(batch, seed);
          case GROUP -> RowHashes.ofValues(batch, column, seed);
          case STRATUM -> RowHashes.ofKeysWithin(batch, column, seed);
        };
    // neither bound is 2^64, so that both fit into an unsigned long
    long validationBound = validationEnd.longValue();
    long testBound = testEnd.longValue();
    byte[] codes = new byte[hashes.length];
    for (int row = 0; row < codes.length; row++) {
      Part part =
          Long.compareUnsigned(hashes[row], validationBound) < 0
              ? Part.VALIDATION
              : Long.compareUnsigned(hashes[row], testBound) < 0 ? Part.TEST : Part.TRAIN;
      codes[row] = part.code();
    }
    return codes;
  }

  @Override
  public boolean has(Part part) {
    return switch (part) {
      case TRAIN -> true;
      case VALIDATION -> validation > 0;
      case TEST -> test > 0;
      case NONE -> false;
    };
  }

  @Override
  void writeTo(ObjectNode json) {
    ObjectNode shares;
    if (by == By.HASH) {
      shares = json.putObject(by.label());
    } else {
      json.put(by.label(), column);
      shares = json.putObject("shares");
    }
    shares.put("validation", validation + 0.0).put("test", test + 0.0);
    json.put("salt", salt);
  }
}
