package dev.rootwatch.ct.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip bodies straight into the array that the entries are then read from, where a stream
 * would copy twice. Keeps its inflater and scratch for the next body. One thread at a time.
 *
 * <pre>
 * member (RFC 1952 section 2.3):
 *   1f 8b 08 FLG MTIME(4) XFL OS
 *   FLG.FEXTRA: XLEN(2) and as many bytes; FLG.FNAME, FLG.FCOMMENT: text up to a zero;
 *   FLG.FHCRC: CRC16(2)
 *   deflated bytes
 *   CRC32(4) ISIZE(4), little-endian
 * </pre>
 *
 * A body may be several members one after the other. The checksum is compared although the Merkle
 * tree proves entries anyway: it tells a broken transfer from a log that lies.
 */
final class GzipInflater implements AutoCloseable {
  /** Deflate can at best add this to bytes that do not compress; see {@link #slack}. */
  private static final int SLACK = 1024;

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[16 * 1024];
  private int position;
  private int limit;
  private long transferred;
  private long maxTransferred;

  /** Compressed bytes that a body of {@code decoded} bytes may have. */
  static long slack(int decoded) {
    return decoded + decoded / 64L + SLACK;
  }

  /**
   * Inflates all of {@code source} behind what {@code target} already has.
   *
   * @param maxBytes the most bytes that the result may have
   * @throws InvalidAnswer when it is no gzip, is cut short, does not match its checksum, or is
   *     larger
   */
  void inflate(InputStream source, PooledBytes target, int maxBytes) throws IOException {
    position = 0;
    limit = 0;
    transferred = 0;
    maxTransferred = slack(maxBytes);
    do {
      skipHeader(source);
      inflateMember(source, target, maxBytes);
    } while (position < limit || refill(source));
    target.setTransferred(transferred);
  }

  private void inflateMember(InputStream source, PooledBytes target, int maxBytes)
      throws IOException {
    inflater.reset();
    crc.reset();
    int start = target.length();
    inflater.setInput(input, position, limit - position);
    try {
      while (!inflater.finished()) {
        int length = target.length();
        // One byte more than allowed, to see that there is one more.
        byte[] out =
            length < target.bytes().length
                ? target.bytes()
                : target.grow((int) Math.min(2L * length, maxBytes + 1L));
        int end = (int) Math.min(out.length, maxBytes + 1L);
        int made = inflater.inflate(out, length, end - length);
        crc.update(out, length, made);
        target.setLength(length + made);
        if (target.length() > maxBytes) {
          throw new InvalidAnswer("more than " + maxBytes + " bytes after inflation");
        }
        if (made == 0 && !inflater.finished()) {
          feed(source);
        }
      }
    } catch (DataFormatException e) {
      throw new InvalidAnswer("not gzip: " + e.getMessage());
    }
    position = limit - inflater.getRemaining();
    long expectedCrc = littleEndian(source, 4);
    long expectedSize = littleEndian(source, 4);
    if (expectedCrc != crc.getValue()) {
      throw new InvalidAnswer("gzip checksum does not match");
    }
    if (expectedSize != target.length() - start) {
      throw new InvalidAnswer("gzip length does not match");
    }
  }

  private void feed(InputStream source) throws IOException {
    if (inflater.needsDictionary()) {
      throw new InvalidAnswer("not gzip: wants a dictionary");
    }
    if (!inflater.needsInput()) {
      throw new InvalidAnswer("not gzip: inflates to nothing");
    }
    if (!refill(source)) {
      throw new InvalidAnswer("gzip body cut short after " + transferred + " bytes");
    }
    inflater.setInput(input, 0, limit);
  }

  private void skipHeader(InputStream source) throws IOException {
    if (next(source) != 0x1f || next(source) != 0x8b || next(source) != 8) {
      throw new InvalidAnswer("not gzip, although Content-Encoding says so");
    }
    int flags = next(source);
    skip(source, 6);
    if ((flags & FEXTRA) != 0) {
      skip(source, (int) littleEndian(source, 2));
    }
    if ((flags & FNAME) != 0) {
      skipText(source);
    }
    if ((flags & FCOMMENT) != 0) {
      skipText(source);
    }
    if ((flags & FHCRC) != 0) {
      skip(source, 2);
    }
  }

  private void skipText(InputStream source) throws IOException {
    while (next(source) != 0) {
      // bounded by the cap on transferred bytes
    }
  }

  private void skip(InputStream source, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next(source);
    }
  }

  private long littleEndian(InputStream source, int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) next(source) << (8 * i);
    }
    return value;
  }

  private int next(InputStream source) throws IOException {
    if (position == limit && !refill(source)) {
      throw new InvalidAnswer("gzip body cut short after " + transferred + " bytes");
    }
    return input[position++] & 0xff;
  }

  /** Whether there was more. */
  private boolean refill(InputStream source) throws IOException {
    position = 0;
    limit = Math.max(0, source.read(input, 0, input.length));
    transferred += limit;
    if (transferred > maxTransferred) {
      throw new InvalidAnswer("more than " + maxTransferred + " bytes before inflation");
    }
    return limit > 0;
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    inflater.end();
  }
}
