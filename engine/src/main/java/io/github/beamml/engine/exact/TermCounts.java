package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts of strings: the state of a vocabulary. Nothing is pruned while counting; {@link #select}
 * applies a least count and a limit at the end, in one order: by count, descending, then by UTF-8
 * bytes.
 *
 * <p>State class: exact. Memory: the terms themselves (about 56 bytes and a byte a character each,
 * in Latin script) and 28 to 50 bytes a term beside them: 10^6 terms of 12 characters take about
 * 100 MB.
 */
public final class TermCounts implements SubtractableState<TermCounts> {
  /** By count, descending, then by UTF-8 bytes. */
  private static final Comparator<TermCount> BY_COUNT =
      Comparator.comparingLong(TermCount::count)
          .reversed()
          .thenComparing(TermCount::term, Utf8.ORDER);

  private static final int LEAST_CAPACITY = 16;
  private static final int GOLDEN = 0x9E3779B9;
  private static final long INDEX = 0xFFFFFFFFL;

  /**
   * Open addressing, at most half full: a hash in the high 32 bits, an index plus 1 in the low; 0
   * where free.
   */
  private long[] table = new long[2 * LEAST_CAPACITY];

  private String[] terms = new String[LEAST_CAPACITY];
  private long[] counts = new long[LEAST_CAPACITY];
  private int size;
  private long total;

  private TermCounts() {}

  /** Returns the state of no terms. */
  public static TermCounts empty() {
    return new TermCounts();
  }

  /** Returns the state of the given terms. */
  public static TermCounts of(String... terms) {
    TermCounts state = empty();
    for (String term : terms) {
      state.add(term);
    }
    return state;
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static TermCounts fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.TERM_COUNTS, bytes);
    int size = reader.readSize(2);
    TermCounts state = empty();
    byte[] previous = null;
    for (int i = 0; i < size; i++) {
      byte[] term = reader.readBytes(reader.readSize(1));
      reader.check(
          previous == null || Arrays.compareUnsigned(previous, term) < 0,
          "its terms are out of order");
      previous = term;
      long count = reader.readCount();
      reader.check(count > 0 && count <= Long.MAX_VALUE - state.total, "a count is out of range");
      state.add(decode(reader, term), count);
    }
    reader.finish();
    return state;
  }

  private static String decode(StateReader reader, byte[] term) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(term)).toString();
    } catch (CharacterCodingException e) {
      reader.check(false, "a term is not UTF-8");
      throw new IllegalStateException(e);
    }
  }

  /**
   * Adds a term.
   *
   * @throws InvalidInputException if the term has a lone surrogate: UTF-8 cannot hold it
   */
  public void add(String term) {
    add(term, 1);
  }

  /**
   * Adds a term {@code times} times; 0 adds nothing.
   *
   * @throws InvalidInputException if {@code times} is negative, or the term has a lone surrogate:
   *     UTF-8 cannot hold it
   */
  public void add(String term, long times) {
    if (times <= 0) {
      if (times < 0) {
        throw InvalidInputException.of("times", times, "at least 0");
      }
      return;
    }
    total = Math.addExact(total, times);
    int hash = hash(term);
    int at = slot(hash, term);
    int index = (int) (table[at] & INDEX) - 1;
    if (index < 0) {
      append(at, hash, term, times);
    } else {
      counts[index] += times;
    }
  }

  private void append(int at, int hash, String term, long count) {
    if (!Utf8.isWellFormed(term)) {
      total -= count;
      throw InvalidInputException.of("term", term, "text without lone surrogates");
    }
    if (size == terms.length) {
      int capacity = size + size / 2;
      terms = Arrays.copyOf(terms, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    terms[size] = term;
    counts[size] = count;
    size++;
    table[at] = ((long) hash << 32) | size;
    if (size > table.length / 2) {
      grow();
    }
  }

  /** Adds the terms of the range [from, to) that are not null. */
  public void addAll(@Nullable String[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      String value = values[i];
      if (value != null) {
        add(value, 1);
      }
    }
  }

  /**
   * Adds the terms {@code dictionary[codes[i]]} of the range [from, to) that are not null: counts
   * codes first, so that a term is looked up once for each entry of the dictionary.
   *
   * @param nulls bit {@code i & 63} of {@code nulls[i >> 6]} is set where value i is null; null if
   *     none is
   */
  public void addAll(String[] dictionary, int[] codes, long @Nullable [] nulls, int from, int to) {
    int[] byCode = new int[dictionary.length];
    if (nulls == null) {
      for (int i = from; i < to; i++) {
        byCode[codes[i]]++;
      }
    } else {
      for (int i = from; i < to; i++) {
        if (!NonNull.isNull(nulls, i)) {
          byCode[codes[i]]++;
        }
      }
    }
    for (int code = 0; code < dictionary.length; code++) {
      add(dictionary[code], byCode[code]);
    }
  }

  @Override
  public void merge(TermCounts other) {
    Math.addExact(total, other.total); // refuses before anything has changed
    for (int i = 0; i < other.size; i++) {
      add(other.terms[i], other.counts[i]);
    }
  }

  @Override
  public void subtract(TermCounts other) {
    for (int i = 0; i < other.size; i++) {
      long held = count(other.terms[i]);
      if (held < other.counts[i]) {
        throw CannotException.to(
            "subtract term counts",
            other.counts[i]
                + " times '"
                + other.terms[i]
                + "' from a state that holds it "
                + held
                + " times");
      }
    }
    TermCounts rest = empty();
    for (int i = 0; i < size; i++) {
      rest.add(terms[i], counts[i] - other.count(terms[i]));
    }
    table = rest.table;
    terms = rest.terms;
    counts = rest.counts;
    size = rest.size;
    total = rest.total;
  }

  @Override
  public TermCounts copy() {
    TermCounts copy = new TermCounts();
    copy.table = table.clone();
    copy.terms = terms.clone();
    copy.counts = counts.clone();
    copy.size = size;
    copy.total = total;
    return copy;
  }

  /** Returns how many distinct terms there are. */
  public int size() {
    return size;
  }

  /** Returns how many terms were added, repeated ones included. */
  public long total() {
    return total;
  }

  /** Returns how often the term was added. */
  public long count(String term) {
    int index = (int) (table[slot(hash(term), term)] & INDEX) - 1;
    return index < 0 ? 0 : counts[index];
  }

  /** Returns all terms, by count, descending, then by UTF-8 bytes. */
  public List<TermCount> byCount() {
    return select(1, Integer.MAX_VALUE);
  }

  /**
   * Returns the terms that occur at least {@code leastCount} times, at most {@code limit} of them,
   * by count, descending, then by UTF-8 bytes.
   *
   * @throws InvalidInputException if the limit is negative
   */
  public List<TermCount> select(long leastCount, int limit) {
    if (limit < 0) {
      throw InvalidInputException.of("limit", limit, "at least 0");
    }
    return limit < size ? best(leastCount, limit) : all(leastCount);
  }

  private List<TermCount> all(long leastCount) {
    List<TermCount> selected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (counts[i] >= leastCount) {
        selected.add(new TermCount(terms[i], counts[i]));
      }
    }
    selected.sort(BY_COUNT);
    return selected;
  }

  private List<TermCount> best(long leastCount, int limit) {
    PriorityQueue<TermCount> kept = new PriorityQueue<>(BY_COUNT.reversed());
    for (int i = 0; i < size && limit > 0; i++) {
      if (counts[i] < leastCount) {
        continue;
      }
      TermCount worst = kept.size() < limit ? null : kept.peek();
      if (worst == null || counts[i] >= worst.count()) {
        TermCount candidate = new TermCount(terms[i], counts[i]);
        if (worst == null || BY_COUNT.compare(candidate, worst) < 0) {
          if (worst != null) {
            kept.remove();
          }
          kept.add(candidate);
        }
      }
    }
    List<TermCount> selected = new ArrayList<>(kept);
    selected.sort(BY_COUNT);
    return selected;
  }

  @Override
  public byte[] canonicalBytes() {
    String[] sorted = Arrays.copyOf(terms, size);
    Arrays.sort(sorted, Utf8.ORDER);
    StateWriter writer = new StateWriter(StateKind.TERM_COUNTS, 16 + 16 * size);
    writer.putNumber(size);
    for (String term : sorted) {
      byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
      writer.putNumber(bytes.length);
      writer.putBytes(bytes);
      writer.putNumber(count(term));
    }
    return writer.toBytes();
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT;
  }

  private static int hash(String term) {
    int hash = term.hashCode() * GOLDEN;
    return hash ^ (hash >>> 16);
  }

  /** The slot that holds the term, or the free one where it belongs. */
  private int slot(int hash, String term) {
    int mask = table.length - 1;
    int at = hash & mask;
    for (long entry = table[at]; entry != 0; entry = table[at]) {
      if ((int) (entry >>> 32) == hash && terms[(int) (entry & INDEX) - 1].equals(term)) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    int mask = table.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int at = (int) (entry >>> 32) & mask;
        while (table[at] != 0) {
          at = (at + 1) & mask;
        }
        table[at] = entry;
      }
    }
  }
}
