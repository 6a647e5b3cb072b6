package io.github.beamml.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactKind;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where artifacts are kept: a folder of any file system that Beam knows, and a {@link NameStore}.
 *
 * <pre>
 * objects/{run}/{stage}/{attempt}/...   files, written once and never moved, with their manifest
 * manifests/{seal}.json                 written last: from then on the artifact exists
 * names/digests/{digest}                which seal stands for a digest; the first writer wins
 * </pre>
 *
 * <p>What a killed attempt leaves under {@code objects} has no manifest at a seal, so that nothing
 * reads it.
 */
public final class ArtifactStore implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String root;

  private ArtifactStore(String root) {
    this.root = root;
  }

  /**
   * @param root a local path, or a URL of a file system on the class path
   */
  public static ArtifactStore at(String root) {
    return new ArtifactStore(root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
  }

  public String root() {
    return root;
  }

  /** The names of this store. */
  public NameStore names() {
    if (StoreFiles.isRemote(root)) {
      throw CannotException.to(
          "open names of " + root, "names need a local folder or a database in this version");
    }
    return LocalNameStore.at(Path.of(root, "names"));
  }

  /** Begins an attempt at an artifact: a folder that nothing else writes to. */
  public Draft draft(String run, String stage) {
    Names.check("run", run);
    Names.check("stage", stage);
    return new Draft(this, run, stage, UUID.randomUUID().toString());
  }

  /**
   * The artifact with this digest, if the store has one; its manifest is checked, not its files.
   */
  public Optional<StoredArtifact> find(Digest digest) {
    return names()
        .get(nameOf(digest))
        .map(entry -> openSealed(new Digest(entry.path("seal").asText())));
  }

  /**
   * @throws CannotException if there is no such artifact or its manifest is not the sealed one
   */
  public StoredArtifact open(Digest digest) {
    return find(digest)
        .orElseThrow(
            () -> CannotException.to("open " + digest.abbreviated(), "it is not in " + root));
  }

  /**
   * Opens the manifest with this seal.
   *
   * @throws CannotException if there is none, or its bytes are not the sealed ones
   */
  public StoredArtifact openSealed(Digest seal) {
    String location = sealLocation(seal);
    byte[] bytes;
    try {
      bytes = StoreFiles.read(location);
    } catch (IOException e) {
      throw CannotException.to("open manifest " + seal.abbreviated(), "it is not in " + root, e);
    }
    if (!Digest.of(bytes).equals(seal)) {
      throw CannotException.to(
          "open manifest " + seal.abbreviated(), location + " does not match its seal");
    }
    Manifest manifest = Manifest.parse(location, bytes);
    ObjectNode provenance = manifest.provenance();
    return new StoredArtifact(
        manifest,
        folder(
            Names.check("run", provenance.path("run").asText()),
            Names.check("stage", provenance.path("stage").asText()),
            Names.check("attempt", provenance.path("attempt").asText())));
  }

  StoredArtifact publish(
      Draft draft,
      ArtifactKind kind,
      ObjectNode content,
      ObjectNode provenance,
      List<Manifest.FileEntry> files)
      throws IOException {
    ObjectNode whole =
        provenance
            .deepCopy()
            .put("run", draft.run())
            .put("stage", draft.stage())
            .put("attempt", draft.attempt());
    Manifest manifest = Manifest.of(kind, content, whole, files);
    StoreFiles.write(draft.folder() + "/" + Manifest.FILE_NAME, manifest.toBytes());
    StoreFiles.write(sealLocation(manifest.seal()), manifest.toBytes());
    names()
        .putIfAbsent(
            nameOf(manifest.digest()), CanonicalJson.object().put("seal", manifest.seal().text()));
    return new StoredArtifact(manifest, draft.folder());
  }

  String folder(String run, String stage, String attempt) {
    return root + "/objects/" + run + "/" + stage + "/" + attempt;
  }

  private String sealLocation(Digest seal) {
    return root + "/manifests/" + seal.hex() + ".json";
  }

  private static String nameOf(Digest digest) {
    // A name's segment holds at most 63 characters, a digest has 64.
    return "digests/" + digest.hex().substring(0, 2) + "/" + digest.hex().substring(2);
  }
}
