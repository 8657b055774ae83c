package dev.rootwatch.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as, or a word for a run from a class directory. */
public final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"rootwatch " + text()};
  }

  /** Without the program's name. */
  public static String text() {
    @Nullable String built = ProgramVersion.class.getPackage().getImplementationVersion();
    return built == null ? "(not packaged)" : built;
  }
}
