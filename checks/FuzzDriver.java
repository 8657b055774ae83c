import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls: hands each input to a test's method. With several targets in one process the first byte of an input
 * says for which one it is, so that coverage guides all of them.
 *
 * <p>System properties: {@code fuzz.targets}, {@code class#method} separated by commas; {@code fuzz.counts}, the file that
 * says at the end how often each was called, one number a line.
 */
public final class FuzzDriver {
  private static final List<Target> targets = new ArrayList<>();

  private FuzzDriver() {}

  private static final class Target {
    private final Object test;
    private final Method method;
    private long calls;

    Target(String name) throws ReflectiveOperationException {
      String[] parts = name.split("#", 2);
      Constructor<?> constructor = Class.forName(parts[0]).getDeclaredConstructor();
      constructor.setAccessible(true);
      test = constructor.newInstance();
      method = test.getClass().getDeclaredMethod(parts[1], byte[].class);
      method.setAccessible(true);
    }
  }

  public static void fuzzerInitialize() throws ReflectiveOperationException {
    for (String name : System.getProperty("fuzz.targets").split(",")) {
      targets.add(new Target(name));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(FuzzDriver::writeCounts));
  }

  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    Target target = targets.getFirst();
    byte[] bytes = input;
    if (targets.size() > 1) {
      if (input.length == 0) {
        return;
      }
      target = targets.get((input[0] & 0xff) % targets.size());
      bytes = Arrays.copyOfRange(input, 1, input.length);
    }
    target.calls++;
    try {
      target.method.invoke(target.test, (Object) bytes);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void writeCounts() {
    StringBuilder counts = new StringBuilder();
    targets.forEach(target -> counts.append(target.calls).append('\n'));
    try {
      Files.writeString(Path.of(System.getProperty("fuzz.counts")), counts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
