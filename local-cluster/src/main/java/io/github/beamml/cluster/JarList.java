package io.github.beamml.cluster;

import io.github.beamml.engine.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars that a child process runs on, named by their place in a Maven repository. The build
 * resolves them and lists them in a resource; they are never on the class path of this process: a
 * server's own libraries (its Scala, its Jackson) meet nobody else's.
 *
 * <p>They are looked for, in this order, in the folder {@code <server>} beside this module's own
 * jar (a distribution), then in the local Maven repositories: the one that {@code maven.repo.local}
 * names, the one that this process's own jars are from, and {@code ~/.m2/repository}.
 */
final class JarList {
  private static final String REPOSITORY = "@repository@/";

  private final String server;
  private final String artifact;
  private final List<String> jars;

  private JarList(String server, String artifact, List<String> jars) {
    this.server = server;
    this.artifact = artifact;
    this.jars = jars;
  }

  /** The list of the server called {@code server}, such as {@code kafka}. */
  static JarList of(String server) {
    String folder = "/META-INF/beamml/" + server;
    return new JarList(
        server, resource(folder + ".artifact").strip(), parse(resource(folder + ".jars")));
  }

  private static String resource(String name) {
    try (InputStream in = JarList.class.getResourceAsStream(name)) {
      if (in == null) {
        throw CannotException.to("read resource " + name, "it is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw CannotException.to("read resource " + name, String.valueOf(failure), failure);
    }
  }

  /** The paths, relative to the repository, of a class path as the build writes it. */
  static List<String> parse(String classPath) {
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.strip().split(";", -1)) {
      if (!entry.startsWith(REPOSITORY)) {
        throw CannotException.to("read a list of jars", entry + " is not of the repository");
      }
      jars.add(entry.substring(REPOSITORY.length()));
    }
    return List.copyOf(jars);
  }

  /** Every jar's file, all of one folder or repository. */
  List<Path> resolve() {
    return firstComplete(candidates());
  }

  /** The first of {@code candidates} whose files are all there. */
  List<Path> firstComplete(List<List<Path>> candidates) {
    for (List<Path> files : candidates) {
      if (missing(files).isEmpty()) {
        return files;
      }
    }
    Path missing = missing(candidates.get(candidates.size() - 1)).orElseThrow();
    throw CannotException.to(
        "find the jars of " + server,
        missing + " is missing (run: mvn dependency:get -Dartifact=" + artifact + ")");
  }

  private static Optional<Path> missing(List<Path> files) {
    return files.stream().filter(file -> !Files.isRegularFile(file)).findFirst();
  }

  private List<List<Path>> candidates() {
    Stream<List<Path>> distribution =
        location(JarList.class)
            .map(own -> own.resolveSibling(server))
            .map(folder -> jars.stream().map(jar -> folder.resolve(fileName(jar))).toList())
            .stream();
    Stream<List<Path>> repositories =
        Stream.of(
                Optional.ofNullable(System.getProperty("maven.repo.local")).map(Path::of),
                ownRepository(),
                Optional.of(Path.of(System.getProperty("user.home"), ".m2", "repository")))
            .flatMap(Optional::stream)
            .map(repository -> jars.stream().map(repository::resolve).toList());
    return Stream.concat(distribution, repositories).toList();
  }

  private static String fileName(String jar) {
    return jar.substring(jar.lastIndexOf('/') + 1);
  }

  /** The root of the repository that this process's kafka-clients jar lies in. */
  private static Optional<Path> ownRepository() {
    // <root>/org/apache/kafka/kafka-clients/<version>/kafka-clients-<version>.jar
    return location(org.apache.kafka.clients.admin.Admin.class)
        .map(jar -> jar.resolveSibling("../../../../..").normalize())
        .filter(root -> Files.isDirectory(root.resolve("org/apache/kafka/kafka-clients")));
  }

  /** The jar or folder of classes that {@code type} was loaded from. */
  static Optional<Path> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    if (url == null || !"file".equals(url.getProtocol())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(url.toURI()));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
