package dev.rootwatch.daemon;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Where the program starts: hands the arguments to the commands. */
@Command(
    name = "rootwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Watches Certificate Transparency logs for watched and distrusted authorities.")
public final class Main implements Runnable {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** The version the jar was built as, or a word for a run from a class directory. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      @Nullable String built = Main.class.getPackage().getImplementationVersion();
      return new String[] {"rootwatch " + (built == null ? "(not packaged)" : built)};
    }
  }
}
