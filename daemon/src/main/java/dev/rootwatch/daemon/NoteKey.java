package dev.rootwatch.daemon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key that signs notes (c2sp.org/signed-note): {@code <name>+<key id, hex>+<base64 of 0x01 and
 * the 32 bytes of an Ed25519 key>}, as {@code note.GenerateKey} of golang.org/x/mod and its
 * relatives write it.
 *
 * <pre>
 * text, ends with \n
 * \n
 * U+2014 SP &lt;key name&gt; SP base64(key id[4] || signature)\n       one or more
 * </pre>
 */
final class NoteKey {
  private static final Pattern FORM = Pattern.compile("([^\\s+]+)\\+([0-9a-f]{8})\\+(\\S+)");
  private static final byte ED25519 = 1;
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 4;

  /** DER of a SubjectPublicKeyInfo with id-Ed25519 (RFC 8410), up to the key's bytes. */
  private static final byte[] SPKI_START = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] id;
  private final PublicKey key;

  private NoteKey(String name, byte[] id, PublicKey key) {
    this.name = name;
    this.id = id;
    this.key = key;
  }

  /** Why a key or a note is not accepted. */
  static final class RefusedException extends Exception {
    private final int line;

    RefusedException(String message) {
      this(1, message);
    }

    RefusedException(int line, String message) {
      super(message);
      this.line = line;
    }

    /** Where in the key or the note, counted from 1. */
    int line() {
      return line;
    }
  }

  static NoteKey parse(String text) throws RefusedException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedException("the key is not of the form name+0123abcd+base64");
    }
    String name = form.group(1);
    byte[] id = HexFormat.of().parseHex(form.group(2));
    byte[] typed = base64(form.group(3));
    if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
      throw new RefusedException("the key is not an Ed25519 key");
    }
    if (!Arrays.equals(id, id(name, typed))) {
      throw new RefusedException("the key's id does not belong to its name and bytes");
    }
    try {
      ByteBuffer spki = ByteBuffer.allocate(SPKI_START.length + KEY_BYTES).put(SPKI_START);
      spki.put(typed, 1, KEY_BYTES);
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki.array()));
      return new NoteKey(name, id, key);
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the key is not an Ed25519 key: " + e.getMessage());
    }
  }

  /** The text of a note that this key signed. */
  byte[] open(byte[] note) throws RefusedException {
    String all = new String(note, StandardCharsets.UTF_8);
    int empty = all.lastIndexOf("\n\n");
    if (empty < 0) {
      throw new RefusedException(
          lines(all), "it is not a signed note: no empty line before signatures");
    }
    int number = lines(all.substring(0, empty + 2));
    byte[] text = all.substring(0, empty + 1).getBytes(StandardCharsets.UTF_8);
    String ours = "\u2014 " + name + " ";
    for (String line : all.substring(empty + 2).split("\n", -1)) {
      number++;
      if (line.startsWith(ours)) {
        byte[] signed = signature(number, line.substring(ours.length()));
        if (signed.length > ID_BYTES && Arrays.equals(id, Arrays.copyOf(signed, ID_BYTES))) {
          if (verifies(text, Arrays.copyOfRange(signed, ID_BYTES, signed.length))) {
            return text;
          }
          throw new RefusedException(number, "the signature of " + name + " does not verify");
        }
      }
    }
    throw new RefusedException(lines(all), "it has no signature of " + name);
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  private static byte[] signature(int line, String base64) throws RefusedException {
    try {
      return base64(base64);
    } catch (RefusedException e) {
      throw new RefusedException(line, "a signature is " + e.getMessage());
    }
  }

  private boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static byte[] id(String name, byte[] typed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(typed), ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static byte[] base64(String text) throws RefusedException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("not base64: " + e.getMessage());
    }
  }
}
