package dev.rootwatch.ct.real;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import dev.rootwatch.ct.wire.TileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real tiles and answers as windows. */
public final class RealWindows {
  private RealWindows() {}

  /** A data tile; its width is that of its hash tile. */
  public static EntryWindow tile(SharedData shared, Path dataTile) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(dataTile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // "003" and "003.p/10" both begin at 3 * 256.
    String name =
        shared.path("data/ct/static/navigli2025h2/tile/data").relativize(dataTile).toString();
    long start = 256 * Long.parseLong(name.substring(0, 3));
    int width = shared.hashTile(dataTile).length / Hash.BYTES;
    return TileReader.read(
        bytes, bytes.length, start, width, new EntryRange(start, start + width), 0, returned -> {});
  }

  /** A get-entries body. The files do not tell indexes: they count from 0. */
  public static EntryWindow getEntries(Path body) {
    GetEntriesBuilder builder = new GetEntriesBuilder(0, 1, new byte[1024], returned -> {});
    for (SharedData.RawEntry entry : SharedData.getEntries(body)) {
      append(builder, entry.leafInput());
      builder.leafInput(entry.leafInput().length);
      append(builder, entry.extraData());
      builder.extraData(entry.extraData().length);
      builder.endEntry();
    }
    return builder.build(0);
  }

  private static void append(GetEntriesBuilder builder, byte[] bytes) {
    System.arraycopy(bytes, 0, builder.reserve(bytes.length), builder.position(), bytes.length);
  }
}
