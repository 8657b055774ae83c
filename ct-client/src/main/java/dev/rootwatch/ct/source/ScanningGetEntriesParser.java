package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Reads get-entries in two stages over one buffer: first {@link EntryStrings} finds where the
 * strings are, eight bytes at a time, then the JDK's base64 (a vector intrinsic) decodes them over
 * the text that was already read. What does not look as every log writes it - other members,
 * escapes, too many entries, broken JSON - is found in the first stage, before a byte has changed,
 * and left to {@link JacksonGetEntriesParser}, which knows all of JSON and says what is wrong.
 */
final class ScanningGetEntriesParser implements GetEntriesParser {
  private final GetEntriesParser general;

  ScanningGetEntriesParser(GetEntriesParser general) {
    this.general = general;
  }

  @Override
  public EntryWindow parse(PooledBytes body, EntryRange asked, BufferPool buffers)
      throws InvalidAnswer {
    EntryStrings strings = new EntryStrings(body.bytes(), body.length(), asked.size());
    if (!strings.find()) {
      return general.parse(body, asked, buffers);
    }
    GetEntriesBuilder builder =
        new GetEntriesBuilder(asked.from(), strings.count(), body.bytes(), buffers::giveBack);
    Decoder decoder = new Decoder(body.bytes());
    for (int i = 0; i < strings.count(); i++) {
      entry(strings, i, decoder, builder, asked);
    }
    EntryWindow window = builder.build(body.transferred());
    // The window gives it back from here on.
    var _ = body.release();
    return window;
  }

  private static void entry(
      EntryStrings strings, int i, Decoder decoder, GetEntriesBuilder builder, EntryRange asked)
      throws InvalidAnswer {
    // In the order of the text: what is decoded lies over what stood before it.
    boolean extraFirst = strings.extraStart(i) >= 0 && strings.extraStart(i) < strings.leafStart(i);
    int extra = -1;
    int extraLength = -1;
    if (extraFirst) {
      extra = decoder.end;
      extraLength = decoder.decode(strings.extraStart(i), strings.extraEnd(i));
    }
    int leaf = decoder.end;
    int leafLength = decoder.decode(strings.leafStart(i), strings.leafEnd(i));
    if (leafLength < 0) {
      throw new InvalidAnswer("entry " + (asked.from() + i) + " has no leaf_input in base64");
    }
    if (!extraFirst && strings.extraStart(i) >= 0) {
      extra = decoder.end;
      extraLength = decoder.decode(strings.extraStart(i), strings.extraEnd(i));
    }
    // Nothing in extra_data is hashed: when it is no base64, the leaf is still worth reading.
    builder.add(leaf, leafLength, extraLength < 0 ? -1 : extra, extraLength);
  }

  private static final class Decoder {
    private final byte[] bytes;
    private final ByteBuffer text;

    /** Where the next decoded bytes go; never beyond what was read. */
    private int end;

    Decoder(byte[] bytes) {
      this.bytes = bytes;
      this.text = ByteBuffer.wrap(bytes);
    }

    /** How many bytes a string decodes to, or -1 when it is no base64. */
    int decode(int from, int to) {
      text.limit(to).position(from);
      ByteBuffer decoded;
      try {
        decoded = Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException notBase64) {
        return -1;
      }
      int length = decoded.remaining();
      decoded.get(bytes, end, length);
      end += length;
      return length;
    }
  }
}
