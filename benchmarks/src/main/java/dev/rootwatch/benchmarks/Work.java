package dev.rootwatch.benchmarks;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examiner;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What the hot path does with a window, piece by piece, and the limits beside it. One thread.
 *
 * <p>Kept apart from the benchmark so that a test can show that this is the real work.
 */
final class Work {
  /** Fixed header of a gzip member without a name, and its trailer (RFC 1952 section 2.3). */
  private static final int GZIP_HEADER = 10;

  private static final int GZIP_TRAILER = 8;
  private static final Pattern BASE64 = Pattern.compile("\"(?:leaf_input|extra_data)\":\"([^\"]*)");

  private final Corpus corpus;
  private final EntryWindow window;
  private final TreeHasher hasher = new TreeHasher();
  private final Examiner keys;
  private final Examiner keysAndDomains;

  private final MessageDigest sha256 = Hash.newSha256();
  private final byte[] digest = new byte[Hash.BYTES];
  private final byte[] prefix;
  private final Inflater inflater = new Inflater(true);
  private final byte[] inflated;
  private final List<byte[]> texts = new ArrayList<>();

  Work(Corpus corpus) {
    this.corpus = corpus;
    this.window = corpus.window();
    this.inflated = new byte[window.bytes().length];
    boolean tile = corpus.log().protocol() == LogProtocol.STATIC;
    // 0x00 of RFC 6962 section 2.1; a tile leaves out version and leaf_type, both zero.
    this.prefix = new byte[tile ? 3 : 1];
    if (!tile) {
      Matcher text = BASE64.matcher(new String(corpus.body(), StandardCharsets.ISO_8859_1));
      while (text.find()) {
        texts.add(text.group(1).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    List<RuleSpec> rules = new ArrayList<>();
    rules.add(RuleSpec.ofAuthority("distrusted", "catalog:*"));
    this.keys = examiner(rules);
    rules.add(new RuleSpec("ours", null, "example.com", List.of(), null));
    for (String name : List.of("corp.tld", "bank.example", "xn--mller-kva.example", "city.tld")) {
      rules.add(new RuleSpec(name, null, name, List.of(), null));
    }
    this.keysAndDomains = examiner(rules);
  }

  private Examiner examiner(List<RuleSpec> specs) {
    try {
      Catalog catalog = Catalog.bundled();
      if (!corpus.overlay().isEmpty()) {
        byte[] overlay = corpus.overlay().getBytes(StandardCharsets.UTF_8);
        catalog = catalog.withOverlay("overlay", overlay, Work::noFile);
      }
      OwnerTable owners = OwnerTable.bundled();
      RuleSet rules = RuleSet.parse(specs, catalog, owners, Work::noFile);
      return new ExaminerSetup(catalog, rules, owners, Inclusion.unknown(), InstantSource.system())
          .newExaminer();
    } catch (CatalogException | RuleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] noFile(String name) throws FileNotFoundException {
    throw new FileNotFoundException(name);
  }

  /** Leaf hashes, folded to a compact range. */
  CompactRange hash() {
    return hasher.hash(window);
  }

  /** With the rule {@code catalog:*}: issuers alone are looked at. */
  Examined examineKeys() throws InterruptedException {
    return keys.examine(corpus.log(), window, IssuerSource.none());
  }

  /** With five domains watched besides: every certificate's names are walked through. */
  Examined examineKeysAndDomains() throws InterruptedException {
    return keysAndDomains.examine(corpus.log(), window, IssuerSource.none());
  }

  /** SHA-256 of the same leaves, and nothing else. */
  byte[] limitSha256() {
    byte[] bytes = window.bytes();
    try {
      for (int i = 0; i < Corpus.ENTRIES; i++) {
        sha256.update(prefix);
        sha256.update(bytes, window.leafOffset(i), window.leafLength(i));
        sha256.digest(digest, 0, Hash.BYTES);
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return digest;
  }

  /** Inflates the tile, or decodes the Base64 of the answer; returns how many bytes that gave. */
  long limitDecode() {
    return texts.isEmpty() ? inflate() : base64();
  }

  private int inflate() {
    byte[] gzip = corpus.body();
    inflater.reset();
    inflater.setInput(gzip, GZIP_HEADER, gzip.length - GZIP_HEADER - GZIP_TRAILER);
    int length = 0;
    try {
      while (!inflater.finished()) {
        int made = inflater.inflate(inflated, length, inflated.length - length);
        if (made == 0 && !inflater.finished()) {
          throw new IllegalStateException("the tile is longer than it was");
        }
        length += made;
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    }
    return length;
  }

  private long base64() {
    long length = 0;
    for (byte[] text : texts) {
      length += Base64.getDecoder().decode(text).length;
    }
    return length;
  }
}
