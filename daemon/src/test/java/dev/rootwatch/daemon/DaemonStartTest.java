package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.daemon.config.ConfigLoader;
import dev.rootwatch.daemon.config.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonStartTest {
  @TempDir Path folder;

  @Test
  void start_portTaken_saysWhatToDoAndLeavesNoStore() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Draft draft = draft("127.0.0.1:" + taken.getLocalPort());

      assertThatThrownBy(() -> Daemon.start(draft, options()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("set server.listen to another port");
      assertThat(folder.resolve("rootwatch.db")).doesNotExist();
    }
  }

  @Test
  void start_nameOrAddressOfSomebodyElse_saysSo() throws Exception {
    assertThatThrownBy(() -> Daemon.start(draft("nobody.invalid:9464"), options()))
        .hasMessageContaining("the name nobody.invalid is not known: set server.listen");
    assertThatThrownBy(() -> Daemon.start(draft("192.0.2.1:9464"), options()))
        .hasMessageContaining("this machine has no such address: set server.listen");
  }

  private Draft draft(String listen) throws Exception {
    Path file = folder.resolve("rootwatch.yaml");
    Files.writeString(file, "logs: {list: none}\nserver: {listen: \"" + listen + "\"}\n");
    return ConfigLoader.ofProcess().read(file);
  }

  private static DaemonOptions options() {
    return new DaemonOptions(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        false,
        Map.of(),
        InstantSource.system(),
        "test");
  }
}
