package dev.rootwatch.daemon.store;

import java.nio.file.Path;
import java.util.List;

/** A process that commits one entry after the other and says so, until it is killed. */
final class EndlessWriter {
  private EndlessWriter() {}

  public static void main(String[] args) {
    Store store = SqliteStore.open(Path.of(args[0]), () -> Samples.NOW, alert -> List.of("slack"));
    store.putLogs(List.of(Samples.LOG), Samples.NOW);
    for (long index = 0; index < 1_000_000; index++) {
      store.commit(
          new StepBuilder(Samples.LOG.id())
              .coverageTo(index + 1)
              .tally(Samples.tally("issuer", 1, 1, index, index))
              .alerts(Samples.alert("certificate " + index, Samples.LOG, index))
              .build());
      System.out.println(index);
    }
  }
}
