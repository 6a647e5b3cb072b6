package io.github.beamml.cluster;

import io.github.beamml.engine.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A secured broker's key, made for it alone with the {@code keytool} of the running Java. Clients
 * trust its certificate; the broker itself and our own administration prove that they hold the key.
 */
final class BrokerTls {
  private static final String ALIAS = "broker";

  private final Path keyStore;
  private final Path trustStore;
  private final Path passwordFile;
  private final String password;

  private BrokerTls(Path folder, String password) {
    this.keyStore = folder.resolve("broker.p12");
    this.trustStore = folder.resolve("truststore.p12");
    this.passwordFile = folder.resolve("truststore.password");
    this.password = password;
  }

  /** Makes key, trust store and password files in {@code folder}, which nobody else can read. */
  static BrokerTls create(Path folder) {
    BrokerTls tls = new BrokerTls(folder, randomPassword());
    try {
      Files.writeString(tls.passwordFile, tls.password);
      tls.makeKey();
      tls.makeTrustStore();
      return tls;
    } catch (IOException | GeneralSecurityException failure) {
      throw CannotException.to(
          "make the broker's certificate", String.valueOf(failure.getMessage()), failure);
    }
  }

  Path trustStore() {
    return trustStore;
  }

  Path passwordFile() {
    return passwordFile;
  }

  String password() {
    return password;
  }

  /** Properties, of Kafka's clients and server alike, of one who trusts the broker. */
  Map<String, String> trusting() {
    return Map.of(
        "ssl.truststore.location",
        trustStore.toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        password);
  }

  /** Properties of one who also holds the broker's key. */
  Map<String, String> holdingKey() {
    Map<String, String> properties = new TreeMap<>(trusting());
    properties.put("ssl.keystore.location", keyStore.toString());
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.password", password);
    return properties;
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void makeKey() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-Duser.language=en",
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-startdate",
            "-1d",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            keyStore.toString(),
            "-storepass:file",
            passwordFile.toString());
    Path output = keyStore.resolveSibling("keytool.log");
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    keytool.getOutputStream().close();
    try {
      if (!keytool.waitFor(60, TimeUnit.SECONDS)) {
        keytool.destroyForcibly();
        throw new IOException("keytool did not end within 60 s");
      }
    } catch (InterruptedException interrupted) {
      keytool.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    if (keytool.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(output, StandardCharsets.UTF_8).strip());
    }
  }

  private void makeTrustStore() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, password.toCharArray());
    }
    Certificate certificate = keys.getCertificate(ALIAS);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted.store(out, password.toCharArray());
    }
  }
}
