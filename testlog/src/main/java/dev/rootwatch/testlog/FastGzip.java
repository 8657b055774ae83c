package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** At the fastest level: keys and signatures do not compress, and tiles are made often. */
final class FastGzip extends GZIPOutputStream {
  FastGzip(OutputStream out) throws IOException {
    super(out, 16384);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
