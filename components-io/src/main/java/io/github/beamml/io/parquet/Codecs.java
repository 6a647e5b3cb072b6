package io.github.beamml.io.parquet;

import com.github.luben.zstd.Zstd;
import io.github.beamml.engine.CannotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compression of Parquet pages without Hadoop's codec classes, whose configuration takes longer to
 * load than a small file to read.
 */
final class Codecs implements CompressionCodecFactory {
  private static final int ZSTD_LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return new Compressor(supported(name));
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(supported(name));
  }

  @Override
  public void release() {}

  private static CompressionCodecName supported(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED, GZIP, SNAPPY, ZSTD -> name;
      default ->
          throw CannotException.to(
              "read Parquet", "compression " + name + " is none of none, gzip, snappy and zstd");
    };
  }

  private static byte[] bytesOf(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) input.size());
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private record Compressor(CompressionCodecName name) implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput input) throws IOException {
      byte[] bytes = bytesOf(input);
      return BytesInput.from(
          switch (name) {
            case GZIP -> gzip(bytes);
            case SNAPPY -> Snappy.compress(bytes);
            case ZSTD -> Zstd.compress(bytes, ZSTD_LEVEL);
            default -> bytes;
          });
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
      return out.toByteArray();
    }

    @Override
    public CompressionCodecName getCodecName() {
      return name;
    }

    @Override
    public void release() {}
  }

  private record Decompressor(CompressionCodecName name) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput input, int size) throws IOException {
      return BytesInput.from(decompress(bytesOf(input), size));
    }

    private byte[] decompress(byte[] bytes, int size) throws IOException {
      return switch (name) {
        case GZIP -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(size);
        case SNAPPY -> Snappy.uncompress(bytes);
        case ZSTD -> Zstd.decompress(bytes, size);
        default -> bytes;
      };
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
        throws IOException {
      byte[] bytes = new byte[compressed];
      input.get(bytes);
      output.put(decompress(bytes, size));
    }

    @Override
    public void release() {}
  }
}
