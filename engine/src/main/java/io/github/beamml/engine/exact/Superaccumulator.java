package io.github.beamml.engine.exact;

import java.math.BigInteger;

/**
 * A fixed-point number wide enough for any sum of doubles (or of products of two), in digits of 32
 * bits that are kept in longs: an addition touches two digits (a product four) without any carry,
 * carries run every {@value #BLOCK} additions.
 *
 * <p>Why 2,047: an addition changes a digit by less than 2^52 + 2^32, and a digit is below 2^32
 * after the carries, so that 2,047 additions stay below 2^63. The work is the same for every input:
 * no branch depends on a value.
 *
 * <p>After J. Demmel and Y. Hida, "Accurate and efficient floating point summation" (2003), and R.
 * Neal, "Fast exact summation using small and large superaccumulators" (2015).
 */
final class Superaccumulator {
  /** Additions between two runs of carries. */
  static final int BLOCK = 2047;

  /**
   * Digit 0 of a sum has the weight 2^-1074; 2^63 values below 2^1024 need 2,161 bits and a sign.
   */
  static final int SUM_DIGITS = 70;

  /**
   * Digit 0 of a sum of products has the weight 2^-2148; 2^63 products below 2^2048 need 4,259 bits
   * and a sign.
   */
  static final int PRODUCT_DIGITS = 138;

  private static final long DIGIT = 0xFFFFFFFFL;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int EXPONENT = 0x7FF;

  private final long[] digits;
  private int pending;

  Superaccumulator(int size) {
    digits = new long[size];
  }

  Superaccumulator copy() {
    Superaccumulator copy = new Superaccumulator(digits.length);
    System.arraycopy(digits, 0, copy.digits, 0, digits.length);
    copy.pending = pending;
    return copy;
  }

  // Feeding. Each kernel treats NaN and infinities as zero and returns how many it met.

  int addAll(double[] values, int from, int to) {
    int notFinite = 0;
    int start = from;
    while (start < to) {
      int end = Math.min(to, start + room());
      notFinite += addBlock(digits, values, start, end);
      pending += end - start;
      start = end;
    }
    return notFinite;
  }

  int addProducts(double[] x, double[] y, int from, int to) {
    int notFinite = 0;
    int start = from;
    while (start < to) {
      int end = Math.min(to, start + room());
      notFinite += addProductBlock(digits, x, y, start, end);
      pending += end - start;
      start = end;
    }
    return notFinite;
  }

  /** Adds a finite value. */
  void add(double value) {
    room();
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & EXPONENT;
    int normal = (exponent + EXPONENT) >>> 11;
    long sign = bits >> 63;
    long mantissa = (((bits & FRACTION) | ((long) normal << 52)) ^ sign) - sign;
    int shift = exponent - normal;
    int digit = shift >>> 5;
    int left = shift & 31;
    digits[digit] += (mantissa << left) & DIGIT;
    digits[digit + 1] += mantissa >> (32 - left);
    pending++;
  }

  /** Adds a finite value {@code times} times (not negative): one addition of the exact product. */
  void addTimes(double value, long times) {
    room();
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & EXPONENT;
    int normal = (exponent + EXPONENT) >>> 11;
    long sign = bits >> 63;
    long mantissa = (((bits & FRACTION) | ((long) normal << 52)) ^ sign) - sign;
    addWide(digits, exponent - normal, mantissa * times, Math.multiplyHigh(mantissa, times));
    pending++;
  }

  /** Adds the product of two finite values. */
  void addProduct(double x, double y) {
    room();
    long xBits = Double.doubleToRawLongBits(x);
    long yBits = Double.doubleToRawLongBits(y);
    int xExponent = (int) (xBits >>> 52) & EXPONENT;
    int yExponent = (int) (yBits >>> 52) & EXPONENT;
    int xNormal = (xExponent + EXPONENT) >>> 11;
    int yNormal = (yExponent + EXPONENT) >>> 11;
    long sign = (xBits ^ yBits) >> 63;
    long a = (((xBits & FRACTION) | ((long) xNormal << 52)) ^ sign) - sign;
    long b = (yBits & FRACTION) | ((long) yNormal << 52);
    addWide(digits, xExponent - xNormal + yExponent - yNormal, a * b, Math.multiplyHigh(a, b));
    pending++;
  }

  private static void addWide(long[] digits, int shift, long low, long high) {
    int digit = shift >>> 5;
    int left = shift & 31;
    digits[digit] += (low << left) & DIGIT;
    digits[digit + 1] += (low >>> (32 - left)) & DIGIT;
    digits[digit + 2] += ((high << left) | ((low >>> 1) >>> (63 - left))) & DIGIT;
    digits[digit + 3] += high >> (32 - left);
  }

  private static int addBlock(long[] digits, double[] values, int from, int to) {
    int notFinite = to - from;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      int exponent = (int) (bits >>> 52) & EXPONENT;
      int normal = (exponent + EXPONENT) >>> 11; // 0 for zero and denormals, else 1
      int finite = (exponent - EXPONENT) >> 31; // -1 for finite values, else 0
      notFinite += finite;
      long sign = bits >> 63;
      long mantissa = ((bits & FRACTION) | ((long) normal << 52)) & finite;
      mantissa = (mantissa ^ sign) - sign;
      int shift = exponent - normal;
      int digit = shift >>> 5;
      int left = shift & 31;
      digits[digit] += (mantissa << left) & DIGIT;
      digits[digit + 1] += mantissa >> (32 - left);
    }
    return notFinite;
  }

  private static int addProductBlock(long[] digits, double[] x, double[] y, int from, int to) {
    int notFinite = to - from;
    for (int i = from; i < to; i++) {
      long xBits = Double.doubleToRawLongBits(x[i]);
      long yBits = Double.doubleToRawLongBits(y[i]);
      int xExponent = (int) (xBits >>> 52) & EXPONENT;
      int yExponent = (int) (yBits >>> 52) & EXPONENT;
      int xNormal = (xExponent + EXPONENT) >>> 11;
      int yNormal = (yExponent + EXPONENT) >>> 11;
      int finite = ((xExponent - EXPONENT) & (yExponent - EXPONENT)) >> 31;
      notFinite += finite;
      long sign = (xBits ^ yBits) >> 63;
      long a = ((xBits & FRACTION) | ((long) xNormal << 52)) & finite;
      a = (a ^ sign) - sign;
      long b = (yBits & FRACTION) | ((long) yNormal << 52);
      long low = a * b;
      long high = Math.multiplyHigh(a, b);
      int shift = xExponent - xNormal + yExponent - yNormal;
      int digit = shift >>> 5;
      int left = shift & 31;
      digits[digit] += (low << left) & DIGIT;
      digits[digit + 1] += (low >>> (32 - left)) & DIGIT;
      digits[digit + 2] += ((high << left) | ((low >>> 1) >>> (63 - left))) & DIGIT;
      digits[digit + 3] += high >> (32 - left);
    }
    return notFinite;
  }

  /** Returns how many additions fit before the next carries, at least one. */
  private int room() {
    if (pending == BLOCK) {
      carry(digits);
      pending = 0;
    }
    return BLOCK - pending;
  }

  /** Brings all digits but the last into [0, 2^32); the last takes the sign. */
  private static void carry(long[] digits) {
    int top = digits.length - 1;
    long carry = 0;
    for (int i = 0; i < top; i++) {
      long digit = digits[i] + carry;
      digits[i] = digit & DIGIT;
      carry = digit >> 32;
    }
    digits[top] += carry;
  }

  // Merging.

  void merge(Superaccumulator other) {
    carry(digits);
    long[] more = other.carried();
    for (int i = 0; i < digits.length; i++) {
      digits[i] += more[i];
    }
    carry(digits);
    pending = 0;
  }

  void subtract(Superaccumulator other) {
    carry(digits);
    long[] less = other.carried();
    for (int i = 0; i < digits.length; i++) {
      digits[i] -= less[i];
    }
    carry(digits);
    pending = 0;
  }

  // Reading.

  private long[] carried() {
    if (pending == 0) {
      return digits;
    }
    long[] copy = digits.clone();
    carry(copy);
    return copy;
  }

  /** Returns the value as an integer in units of digit 0's weight. */
  BigInteger unscaled() {
    long[] carried = carried();
    byte[] bytes = new byte[carried.length * 4];
    for (int i = 0; i < carried.length; i++) {
      int digit =
          (int) carried[i]; // the last digit is 0 or -1: its weight is beyond every possible sum
      int at = bytes.length - 4 * i - 4;
      bytes[at] = (byte) (digit >>> 24);
      bytes[at + 1] = (byte) (digit >>> 16);
      bytes[at + 2] = (byte) (digit >>> 8);
      bytes[at + 3] = (byte) digit;
    }
    return new BigInteger(bytes);
  }

  /**
   * Writes the canonical form: how many digits there are, the place of the lowest, all but the
   * highest as 32 bits, the highest as a signed 64-bit integer. The lowest and the highest are not
   * zero; the highest is in [1, 2^32), or in [-2^32, -1) or, only where it is alone, -1. Zero has
   * no digits and no place.
   */
  void write(StateWriter writer) {
    long[] carried = carried();
    int low = 0;
    while (low < carried.length && carried[low] == 0) {
      low++;
    }
    if (low == carried.length) {
      writer.putByte(0);
      return;
    }
    int high = carried.length - 1;
    while (carried[high] == 0) {
      high--;
    }
    long top = carried[high];
    while (top == -1 && high > low) {
      high--;
      top = carried[high] - (1L << 32);
    }
    writer.putByte(high - low + 1);
    writer.putByte(low);
    for (int i = low; i < high; i++) {
      writer.putInt((int) carried[i]);
    }
    writer.putLong(top);
  }

  static Superaccumulator read(StateReader reader, int size) {
    Superaccumulator result = new Superaccumulator(size);
    int count = reader.readByte();
    if (count == 0) {
      return result;
    }
    int low = reader.readByte();
    int high = low + count - 1;
    reader.check(high < size - 2, "a digit is out of range");
    for (int i = low; i < high; i++) {
      result.digits[i] = reader.readInt() & DIGIT;
    }
    long top = reader.readLong();
    reader.check(
        top != 0 && top >= -(1L << 32) && top < 1L << 32, "its highest digit is out of range");
    reader.check(top != -1 || count == 1, "its highest digit is not in its shortest form");
    result.digits[high] = top;
    reader.check(result.digits[low] != 0, "its lowest digit is zero");
    carry(result.digits);
    return result;
  }

  boolean isZero() {
    for (long digit : carried()) {
      if (digit != 0) {
        return false;
      }
    }
    return true;
  }
}
