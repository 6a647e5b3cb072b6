package io.github.beamml.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Names as files of one folder. A value is written to a temporary file, forced to disk and moved
 * into place atomically, under one lock for all processes; a process that is killed leaves the old
 * value or the new one.
 */
public final class LocalNameStore implements NameStore {
  private static final String SUFFIX = ".json";
  private static final String LOCK = ".lock";

  /** A file lock holds between processes only; this one holds between the threads of this one. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path folder;

  private LocalNameStore(Path folder) {
    this.folder = folder;
  }

  /** The folder is made when the first name is set. */
  public static LocalNameStore at(Path folder) {
    return new LocalNameStore(folder);
  }

  @Override
  public Optional<ObjectNode> get(String name) {
    Path file = file(name);
    try {
      return Optional.of((ObjectNode) CanonicalJson.parse(name, Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw CannotException.to("read name " + name, e.toString(), e);
    }
  }

  @Override
  public boolean putIfAbsent(String name, ObjectNode value) {
    return setIf(name, Optional.empty(), value);
  }

  @Override
  public boolean replace(String name, ObjectNode expected, ObjectNode value) {
    return setIf(name, Optional.of(expected), value);
  }

  private boolean setIf(String name, Optional<ObjectNode> expected, ObjectNode value) {
    THREADS.lock();
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        if (!held.isValid() || !get(name).equals(expected)) {
          return false;
        }
        write(file(name), CanonicalJson.bytes(value));
        return true;
      }
    } catch (IOException e) {
      throw CannotException.to("write name " + name, e.toString(), e);
    } finally {
      THREADS.unlock();
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(parent);
    Path temporary = parent.resolve("." + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public List<String> list(String path) {
    Path directory = directory(path);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> !entry.startsWith("."))
          .map(entry -> entry.endsWith(SUFFIX) ? withoutSuffix(entry) : entry)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CannotException.to("list names of " + path, e.toString(), e);
    }
  }

  private static String withoutSuffix(String entry) {
    return entry.substring(0, entry.length() - SUFFIX.length());
  }

  private Path file(String name) {
    Path path = directory(name);
    return path.resolveSibling(path.getFileName() + SUFFIX);
  }

  private Path directory(String path) {
    Path directory = folder;
    for (String segment : path.split("/", -1)) {
      directory = directory.resolve(Names.check("name", segment));
    }
    return directory;
  }
}
