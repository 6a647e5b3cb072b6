package io.github.beamml.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.hash.Sha256;
import java.nio.ByteBuffer;

/**
 * The canonical bytes of an ensemble, big-endian, digested as they are made: a format name, kind,
 * base, the count of features with each name's length and UTF-8 bytes, the count of trees, and each
 * tree's count of nodes with the nodes in preorder: feature, then for a leaf its value, for a split
 * its threshold, both children within the tree and whether missing values go left.
 */
final class EnsembleDigest {
  private static final byte[] FORMAT = "beamml-tree-ensemble-1".getBytes(UTF_8);
  private static final int MOST_BYTES_OF_NODE = 21;

  private EnsembleDigest() {}

  static byte[] of(TreeEnsemble ensemble) {
    Sha256 sha256 = new Sha256().update(FORMAT, 0, FORMAT.length);
    update(sha256, header(ensemble));
    for (int tree = 0; tree < ensemble.trees(); tree++) {
      update(sha256, tree(ensemble, tree));
    }
    return sha256.finish();
  }

  private static void update(Sha256 sha256, ByteBuffer bytes) {
    sha256.update(bytes.array(), bytes.arrayOffset(), bytes.position());
  }

  private static ByteBuffer header(TreeEnsemble ensemble) {
    int size = 0;
    for (String name : ensemble.features()) {
      size += Integer.BYTES + name.getBytes(UTF_8).length;
    }
    ByteBuffer header = ByteBuffer.allocate(size + 1 + Double.BYTES + 2 * Integer.BYTES);
    header.put((byte) (ensemble.kind() == TreeEnsemble.Kind.FOREST ? 0 : 1));
    header.putDouble(ensemble.base()).putInt(ensemble.features().size());
    for (String name : ensemble.features()) {
      byte[] utf8 = name.getBytes(UTF_8);
      header.putInt(utf8.length).put(utf8);
    }
    return header.putInt(ensemble.trees());
  }

  private static ByteBuffer tree(TreeEnsemble ensemble, int tree) {
    int root = ensemble.root(tree);
    int size = ensemble.root(tree + 1) - root;
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + size * MOST_BYTES_OF_NODE);
    bytes.putInt(size);
    for (int node = root; node < root + size; node++) {
      bytes.putInt(ensemble.feature(node));
      if (ensemble.feature(node) == TreeEnsemble.LEAF) {
        bytes.putDouble(ensemble.leaf(node));
      } else {
        bytes.putDouble(ensemble.threshold(node));
        bytes.putInt(ensemble.left(node) - root).putInt(ensemble.right(node) - root);
        bytes.put((byte) (ensemble.missingLeft(node) ? 1 : 0));
      }
    }
    return bytes;
  }
}
