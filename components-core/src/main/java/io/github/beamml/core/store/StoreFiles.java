package io.github.beamml.core.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.util.MimeTypes;

/** Whole files on Beam's file systems. */
final class StoreFiles {
  private StoreFiles() {}

  static boolean isRemote(String location) {
    return location.contains("://") && !location.startsWith("file://");
  }

  /**
   * @throws FileNotFoundException if there is no such file
   */
  static byte[] read(String location) throws IOException {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(location, false)))) {
      return in.readAllBytes();
    } catch (NoSuchFileException e) {
      FileNotFoundException missing = new FileNotFoundException(location);
      missing.initCause(e);
      throw missing;
    }
  }

  static void write(String location, byte[] bytes) throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(
            FileSystems.create(FileSystems.matchNewResource(location, false), MimeTypes.BINARY))) {
      out.write(bytes);
    }
  }

  /** Why a file operation failed, in the user's words. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission to write " + denied.getFile();
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
