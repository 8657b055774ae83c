package dev.rootwatch.watch.name;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watched domains, asked for the names of a certificate as they stand in its bytes. The name is
 * walked once from its end, a hash grows with it, and at each dot one slot of a flat table is
 * looked at: no String, no object, whatever the number of domains.
 *
 * <p>A name below a watched domain matches, in any case, with or without trailing dots. A wildcard
 * also matches the names that it stands for: {@code *.example.com} is a certificate for {@code
 * www.example.com}. A name with bytes that no host name has (NUL, non-ASCII, spaces, UTF-16) goes
 * to {@link NameReadings}, which reads it in every way a client might; that is rare and may
 * allocate. Immutable, shared by all threads.
 */
public final class DomainTable {
  /** No watched domain. */
  public static final int ABSENT = -1;

  /** Longer strings are not host names to anybody; they are looked at by their last part. */
  private static final int LONGEST_NAME = 4096;

  private static final int PRIME = 0x01000193;

  /** 2^32 over the golden ratio, odd: multiplying by it spreads hashes. */
  private static final int GOLDEN = 0x9e3779b9;

  /** Whether a byte is one of a host name's; every name of every certificate is asked for it. */
  private static final boolean[] PLAIN = plainBytes();

  private final List<Domain> domains;
  private final byte[][] names;
  private final int[] domainOf;
  private final Slots nameSlots;

  /** Of the parents of the watched names, by the same numbers: wildcards can stand for a child. */
  private final Slots parentSlots;

  private final String[][] labelsOf;

  // What a search looks at first: how long names are, and which two bytes they end in.
  private final BitSet lengths = new BitSet();
  private final BitSet endings = new BitSet(1 << 16);

  private DomainTable(List<Domain> domains) {
    this.domains = List.copyOf(domains);
    List<byte[]> allNames = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int d = 0; d < domains.size(); d++) {
      for (String form : domains.get(d).asciiForms()) {
        allNames.add(form.getBytes(StandardCharsets.US_ASCII));
        owners.add(d);
        String unicode = IDN.toUnicode(form, IDN.ALLOW_UNASSIGNED);
        if (!unicode.equals(form)) {
          allNames.add(unicode.getBytes(StandardCharsets.UTF_8)); // for search alone
          owners.add(d);
        }
      }
    }
    this.names = allNames.toArray(new byte[0][]);
    this.domainOf = owners.stream().mapToInt(Integer::intValue).toArray();
    byte[][] parents = new byte[names.length][];
    this.labelsOf =
        allNames.stream()
            .map(name -> new String(name, StandardCharsets.UTF_8).split("\\.", -1))
            .toArray(String[][]::new);
    for (int n = 0; n < names.length; n++) {
      int dot = indexOfDot(names[n]);
      parents[n] = Arrays.copyOfRange(names[n], dot + 1, names[n].length);
      lengths.set(names[n].length);
      int last = ending(names[n], names[n].length);
      for (int before = 0; before < 256 && names[n].length == 1; before++) {
        endings.set(before << 8 | last);
      }
      endings.set(last);
    }
    this.nameSlots = new Slots(names);
    this.parentSlots = new Slots(parents);
  }

  public static DomainTable of(List<Domain> domains) {
    return new DomainTable(domains);
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  /** The domain with this number, counted as in the list that the table was made of. */
  public Domain domain(int number) {
    return domains.get(number);
  }

  /** Whether one of the watched names has no dot. */
  boolean holdsSingleLabels() {
    return Arrays.stream(labelsOf).anyMatch(labels -> labels.length == 1);
  }

  /** How many domains. */
  public int size() {
    return domains.size();
  }

  /** Whether the name in {@code source} falls under any watched domain. */
  public boolean matches(byte[] source, int offset, int length) {
    return find(source, offset, length, null);
  }

  /** Marks in {@code hits} every domain that the name falls under; it has {@link #size} places. */
  public boolean collect(byte[] source, int offset, int length, boolean[] hits) {
    return find(source, offset, length, hits);
  }

  private boolean find(byte[] source, int offset, int length, boolean @Nullable [] hits) {
    if (names.length == 0 || length == 0) {
      return false;
    }
    if (!isPlain(source, offset, length)) {
      return NameReadings.find(this, source, offset, length, hits);
    }
    boolean found = findPlain(source, offset, length, hits);
    if ((found && hits == null) || !mayHoldALabels(source, offset, length)) {
      return found;
    }
    return NameReadings.findUndecodable(this, source, offset, length, hits) || found;
  }

  /** Of letters, digits, '-', '_', '.' and '*' alone: all other names take long to read. */
  public static boolean isPlain(byte[] source, int offset, int length) {
    boolean plain = true;
    for (int i = offset; i < offset + length; i++) {
      plain &= PLAIN[source[i] & 0xff];
    }
    return plain;
  }

  /** Whether there are two hyphens in a row, as in {@code xn--}. */
  private static boolean mayHoldALabels(byte[] source, int offset, int length) {
    boolean may = false;
    for (int i = offset + 1; i < offset + length; i++) {
      may |= source[i] == '-' && source[i - 1] == '-';
    }
    return may;
  }

  /**
   * Looks for watched names anywhere in bytes, whatever stands around them; in UTF-8 those of
   * U-labels, too.
   *
   * @param hits marked as by {@link #collect}; null asks for any
   */
  public boolean search(byte[] source, int offset, int length, boolean @Nullable [] hits) {
    boolean found = false;
    int longest = lengths.length() - 1;
    for (int end = offset + 1; end <= offset + length; end++) {
      if (!endings.get(ending(source, offset, end))) {
        continue;
      }
      int hash = 0;
      for (int at = end - 1; at >= Math.max(offset, end - longest); at--) {
        hash = (hash ^ fold(source[at])) * PRIME;
        if (lengths.get(end - at) && at(source, at, end, hash, hits)) {
          found = true;
        }
      }
      if (found && hits == null) {
        return true;
      }
    }
    return found;
  }

  /** The last two bytes as a number. */
  private static int ending(byte[] name, int end) {
    return ending(name, 0, end);
  }

  private static int ending(byte[] source, int offset, int end) {
    int before = end - 2 >= offset ? fold(source[end - 2]) & 0xff : 0;
    return before << 8 | (fold(source[end - 1]) & 0xff);
  }

  /**
   * Names of labels some of which are null and count as any label; the last one is one that can be
   * read, or nothing matches.
   */
  boolean findLabels(@Nullable String[] labels, boolean @Nullable [] hits) {
    boolean found = false;
    for (int n = 0; n < names.length; n++) {
      if (mayBeBelow(labels, labelsOf[n])) {
        found = true;
        if (hits == null) {
          return true;
        }
        hits[domainOf[n]] = true;
      }
    }
    return found;
  }

  private static boolean mayBeBelow(@Nullable String[] labels, String[] name) {
    int surplus = labels.length - name.length;
    if (surplus < 0 || labels[labels.length - 1] == null) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      String label = labels[surplus + i];
      if (label != null && !label.equals(name[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean[] plainBytes() {
    boolean[] plain = new boolean[256];
    for (char c = 0; c < 128; c++) {
      plain[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._*".indexOf(c) >= 0;
    }
    return plain;
  }

  /** Looks a name up whose bytes are plain; {@code hits} null asks for any. */
  boolean findPlain(byte[] source, int offset, int length, boolean @Nullable [] hits) {
    int end = offset + length;
    while (end > offset && source[end - 1] == '.') {
      end--;
    }
    int floor = Math.max(offset, end - LONGEST_NAME);
    boolean found = false;
    int hash = 0;
    for (int i = end - 1; i >= floor; i--) {
      byte c = source[i];
      if (c == '.') {
        found |= at(source, i + 1, end, hash, hits);
        if (found && hits == null) {
          return true;
        }
      }
      hash = (hash ^ fold(c)) * PRIME;
    }
    if (floor == offset) {
      found |= at(source, offset, end, hash, hits);
    }
    if (hits == null && found) {
      return true;
    }
    boolean covered = wildcard(source, offset, end, hits);
    return found || covered;
  }

  private boolean at(byte[] source, int from, int to, int hash, boolean @Nullable [] hits) {
    return mark(nameSlots, nameSlots.find(source, from, to, hash), hits);
  }

  /** Marks the domains of a string that was found, and says whether it was. */
  private boolean mark(Slots slots, int first, boolean @Nullable [] hits) {
    for (int n = first; n >= 0 && hits != null; n = slots.next[n]) {
      hits[domainOf[n]] = true;
    }
    return first >= 0;
  }

  /** A star in the first label stands for one label: the name covers its parent's children. */
  private boolean wildcard(byte[] source, int offset, int end, boolean @Nullable [] hits) {
    boolean star = false;
    int dot = offset;
    while (dot < end && source[dot] != '.') {
      star |= source[dot] == '*';
      dot++;
    }
    if (!star || dot == end) {
      return false;
    }
    int hash = 0;
    for (int i = end - 1; i > dot; i--) {
      hash = (hash ^ fold(source[i])) * PRIME;
    }
    return mark(parentSlots, parentSlots.find(source, dot + 1, end, hash), hits);
  }

  /**
   * Strings, found by their bytes: flat open addressing, at most half full. A slot holds the hash
   * beside the number, so that a look-up that finds nothing reads one place in memory.
   */
  private static final class Slots {
    private final byte[][] strings;
    private final int[] next; // the next string of the same bytes; else -1
    private final long[] slots; // hash, then number + 1; 0 means the slot is free
    private final int shift;

    Slots(byte[][] strings) {
      this.strings = strings;
      this.next = new int[strings.length];
      this.slots = new long[Integer.highestOneBit(Math.max(4, strings.length * 4 - 1))];
      this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(slots.length);
      for (int n = 0; n < strings.length; n++) {
        put(n);
      }
    }

    private void put(int string) {
      int hash = hash(strings[string]);
      next[string] = -1;
      int slot = place(hash);
      while (slots[slot] != 0) {
        int other = (int) slots[slot] - 1;
        if (Arrays.equals(strings[other], strings[string])) {
          // Before the others: many names can have one parent.
          next[string] = other;
          break;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = (long) hash << Integer.SIZE | (string + 1);
    }

    /** The number of a string with these bytes in any case; -1 when there is none. */
    int find(byte[] source, int from, int to, int hash) {
      int slot = place(hash);
      for (long held = slots[slot]; held != 0; held = slots[slot]) {
        int string = (int) held - 1;
        if ((int) (held >>> Integer.SIZE) == hash
            && equalsFolded(strings[string], source, from, to)) {
          return string;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      return -1;
    }

    /** The best bits of a product, as names that count upwards have hashes in rows. */
    private int place(int hash) {
      return (hash * GOLDEN) >>> shift;
    }
  }

  private static boolean equalsFolded(byte[] name, byte[] source, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (name[i] != fold(source[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] name) {
    int hash = 0;
    for (int i = name.length - 1; i >= 0; i--) {
      hash = (hash ^ name[i]) * PRIME;
    }
    return hash;
  }

  private static byte fold(byte c) {
    return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
  }

  private static int indexOfDot(byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (name[i] == '.') {
        return i;
      }
    }
    return name.length - 1;
  }
}
