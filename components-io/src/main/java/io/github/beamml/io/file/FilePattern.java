package io.github.beamml.io.file;

import io.github.beamml.engine.CannotException;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Files of any file system that Beam knows: a path, a folder's path with a wildcard, or a folder,
 * which means all the files in it that do not start with a dot or an underscore.
 *
 * @param text as the user typed it
 */
public record FilePattern(String text) implements Serializable {
  /**
   * The files, in the order of their names.
   *
   * @throws CannotException if there is none
   */
  public List<String> match() {
    return files().stream().map(file -> file.resourceId().toString()).toList();
  }

  /**
   * The files in ranges of so many bytes, in order; one that is compressed or cannot be sought in
   * is one range.
   *
   * @throws CannotException if there is none
   */
  public List<FileRange> ranges(long bytes) {
    List<FileRange> ranges = new ArrayList<>();
    for (MatchResult.Metadata file : files()) {
      String name = file.resourceId().toString();
      boolean divisible = file.isReadSeekEfficient() && !name.endsWith(".gz");
      long from = 0;
      while (divisible && from + bytes < file.sizeBytes()) {
        ranges.add(new FileRange(name, from, from + bytes));
        from += bytes;
      }
      ranges.add(new FileRange(name, from, Long.MAX_VALUE));
    }
    return ranges;
  }

  private List<MatchResult.Metadata> files() {
    try {
      List<MatchResult.Metadata> files = match(text);
      if (files.isEmpty()) {
        String inside = text.endsWith("/") ? text + "*" : text + "/*";
        files = match(inside);
      }
      if (files.isEmpty()) {
        throw CannotException.to("read " + text, "there is no such file");
      }
      return files;
    } catch (IOException e) {
      throw CannotException.to("read " + text, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<MatchResult.Metadata> match(String pattern) throws IOException {
    try {
      return FileSystems.match(pattern).metadata().stream()
          .filter(file -> !file.resourceId().isDirectory())
          .filter(file -> !isHidden(file.resourceId().toString()))
          .sorted(Comparator.comparing(file -> file.resourceId().toString()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static boolean isHidden(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.startsWith(".") || name.startsWith("_");
  }

  /** Opens a file as a stream; one whose name ends in {@code .gz} is decompressed. */
  public static InputStream open(String file) throws IOException {
    InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)));
    return file.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** Opens a file for reading at any place; one that cannot be sought in is read whole. */
  public static SeekableByteChannel openSeekable(String file) throws IOException {
    ReadableByteChannel channel = FileSystems.open(FileSystems.matchNewResource(file, false));
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    try (InputStream in = Channels.newInputStream(channel)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      return overBytes(bytes.toByteArray());
    }
  }

  /** Bytes in memory as a file. */
  public static SeekableByteChannel overBytes(byte[] bytes) {
    return new BytesChannel(ByteBuffer.wrap(bytes));
  }

  private static final class BytesChannel implements SeekableByteChannel {
    private final ByteBuffer bytes;
    private boolean open = true;

    BytesChannel(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(out.remaining(), bytes.remaining());
      out.put(bytes.slice().limit(count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public int write(ByteBuffer in) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      bytes.position((int) Math.min(position, bytes.limit()));
      return this;
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
