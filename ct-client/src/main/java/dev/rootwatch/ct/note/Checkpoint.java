package dev.rootwatch.ct.note;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint as it is written, nothing verified (c2sp.org/tlog-checkpoint, c2sp.org/signed-note).
 *
 * <pre>
 * &lt;origin&gt;\n
 * &lt;size, decimal&gt;\n
 * &lt;root, base64&gt;\n
 * (extension lines)\n
 * \n
 * U+2014 SP &lt;key name&gt; SP base64(key id[4] || signature)\n       one or more
 * </pre>
 *
 * <p>Bounds: 64 KiB and 64 signatures.
 *
 * @param origin which log it speaks of
 * @param size entries in the tree
 * @param root Merkle tree hash over all of them
 * @param extensions lines after the root; opaque
 * @param signatures the signature lines, in order
 */
public record Checkpoint(
    String origin, long size, Hash root, List<String> extensions, List<NoteSignature> signatures) {
  static final int MAX_BYTES = 64 * 1024;
  static final int MAX_SIGNATURES = 64;

  private static final String SIGNATURE_START = "\u2014 ";

  /**
   * One signature line.
   *
   * @param keyName who signs
   * @param keyId the first four bytes, big-endian: a hint at the key
   * @param signature what follows the key id; its form depends on the key
   */
  @SuppressWarnings("ArrayRecordComponent") // documented as shared
  public record NoteSignature(String keyName, int keyId, byte[] signature) {}

  public Checkpoint {
    extensions = List.copyOf(extensions);
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws ParseException when it is none; the offset is that of the line, in characters
   */
  public static Checkpoint parse(byte[] note) throws ParseException {
    String text = text(note);
    // Everything up to the last empty line is the note's text, what follows are signatures.
    int empty = text.lastIndexOf("\n\n");
    if (empty < 0) {
      throw new ParseException("no empty line before the signatures", 0);
    }
    if (!text.endsWith("\n")) {
      throw new ParseException("the last line does not end", text.length());
    }
    List<NoteSignature> signatures = signatures(text, empty + 2);
    String[] lines = text.substring(0, empty).split("\n", -1);
    if (lines.length < 3) {
      throw new ParseException("origin, size and root are needed, " + lines.length + " lines", 0);
    }
    if (lines[0].isEmpty()) {
      throw new ParseException("the origin is empty", 0);
    }
    List<String> extensions = List.of(lines).subList(3, lines.length);
    int sizeAt = lines[0].length() + 1;
    return new Checkpoint(
        lines[0],
        size(lines[1], sizeAt),
        root(lines[2], sizeAt + lines[1].length() + 1),
        extensions,
        signatures);
  }

  private static String text(byte[] note) throws ParseException {
    if (note.length > MAX_BYTES) {
      throw new ParseException(note.length + " bytes, at most 65536 are read", MAX_BYTES);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
    } catch (CharacterCodingException e) {
      throw new ParseException("not UTF-8", 0);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || c == 0x7f) {
        throw new ParseException("control character " + (int) c, i);
      }
    }
    return text;
  }

  private static long size(String line, int at) throws ParseException {
    boolean decimal =
        !line.isEmpty()
            && line.length() <= 19
            && line.chars().allMatch(c -> c >= '0' && c <= '9')
            && (line.length() == 1 || line.charAt(0) != '0');
    try {
      if (decimal) {
        return Long.parseLong(line);
      }
    } catch (NumberFormatException beyondLong) {
      // 19 digits can be too many by a little
    }
    throw new ParseException("the size is no decimal below 2^63: " + Quoted.of(line), at);
  }

  private static Hash root(String line, int at) throws ParseException {
    byte[] root =
        Base64Text.decode(line)
            .filter(bytes -> bytes.length == Hash.BYTES)
            .orElseThrow(() ->
                new ParseException("the root is not base64 of 32 bytes: " + Quoted.of(line), at));
    return Hash.of(root);
  }

  private static List<NoteSignature> signatures(String text, int from) throws ParseException {
    List<NoteSignature> signatures = new ArrayList<>();
    int at = from;
    while (at < text.length()) {
      if (signatures.size() == MAX_SIGNATURES) {
        throw new ParseException("more than 64 signatures", at);
      }
      int end = text.indexOf('\n', at);
      signatures.add(signature(text.substring(at, end), at));
      at = end + 1;
    }
    if (signatures.isEmpty()) {
      throw new ParseException("no signature", from);
    }
    return signatures;
  }

  private static NoteSignature signature(String line, int at) throws ParseException {
    int space = line.indexOf(' ', SIGNATURE_START.length());
    if (!line.startsWith(SIGNATURE_START) || space < 0) {
      throw new ParseException("no signature line: " + Quoted.of(line), at);
    }
    String name = line.substring(SIGNATURE_START.length(), space);
    if (name.isEmpty() || name.indexOf('+') >= 0 || name.chars().anyMatch(Checkpoint::isSpace)) {
      throw new ParseException("no key name: " + Quoted.of(name), at);
    }
    String encoded = line.substring(space + 1);
    ByteBuffer bytes =
        Base64Text.decode(encoded)
            .filter(decoded -> decoded.length > Integer.BYTES)
            .map(ByteBuffer::wrap)
            .orElseThrow(() ->
                new ParseException("no base64 of key id and signature: " + Quoted.of(line), at));
    int keyId = bytes.getInt();
    byte[] signature = new byte[bytes.remaining()];
    bytes.get(signature);
    return new NoteSignature(name, keyId, signature);
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
