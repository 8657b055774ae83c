package dev.rootwatch.daemon.config;

import dev.rootwatch.daemon.config.Config.CatalogConfig;
import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.daemon.config.Config.ServerConfig;
import dev.rootwatch.daemon.config.Config.StoreConfig;
import dev.rootwatch.daemon.config.Yaml.Mapping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rootwatch.yaml}. All problems are found in one go, each with file, line, setting and
 * the mend.
 */
public final class ConfigLoader {
  private static final String SQLITE = "jdbc:sqlite:";

  private final UnaryOperator<@Nullable String> environment;
  private final boolean secrets;

  /**
   * @param environment value of an environment variable, null when it is not set
   */
  public ConfigLoader(UnaryOperator<@Nullable String> environment) {
    this(environment, true);
  }

  private ConfigLoader(UnaryOperator<@Nullable String> environment, boolean secrets) {
    this.environment = environment;
    this.secrets = secrets;
  }

  /**
   * One that leaves out what stands behind references in sinks: who only reads the store must not
   * need, nor see, the daemon's secrets. Nor does it read logs, so it needs no contact.
   */
  public ConfigLoader withoutSecrets() {
    return new ConfigLoader(environment, false);
  }

  /** With the environment of the process. */
  public static ConfigLoader ofProcess() {
    return new ConfigLoader(name -> name == null ? null : System.getenv(name));
  }

  /**
   * Reads a configuration and checks everything that can be seen in it alone; rules and sinks are
   * not made of it.
   *
   * @throws ConfigException when the file cannot be used; says why and how to mend it
   */
  public Config load(Path file) throws ConfigException {
    return read(file).checked();
  }

  /**
   * As {@link #load}, but what is wrong with single settings is kept to be told with what comes to
   * light later.
   *
   * @throws ConfigException when nothing can be read: there is no such file, or it is no YAML
   */
  public Draft read(Path file) throws ConfigException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(List.of(file + ": " + whyUnreadable(file, e)));
    }
    Path folder = file.toAbsolutePath().getParent();
    return read(text, file.toString(), folder == null ? Path.of("") : folder);
  }

  private static String whyUnreadable(Path file, IOException e) {
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8 text: save it as UTF-8";
    }
    if (Files.notExists(file)) {
      return "is not there: create it or name another with --config";
    }
    return Files.isDirectory(file)
        ? "is a directory: name the file in it with --config"
        : "is there, but cannot be read: give this user the right to, or name another with --config";
  }

  /**
   * @param name the file's name in messages
   * @param folder where relative paths start
   */
  Draft read(String text, String name, Path folder) throws ConfigException {
    Problems problems = new Problems(name);
    Yaml document = new YamlReader(problems).read(text);
    References references = new References(folder, environment);
    Mapping settings = settings(document, problems);
    MappingReader root = new MappingReader(settings, "", problems, references);
    Config config = config(root, folder);
    root.refuseUnknown();
    return new Draft(config, problems, settings);
  }

  private static Mapping settings(Yaml document, Problems problems) {
    if (document instanceof Mapping mapping) {
      return mapping;
    }
    if (!(document instanceof Yaml.Nothing)) {
      problems.add(document.place(), "", "must hold settings, such as contact: soc@corp.tld");
    }
    return new Mapping(Map.of(), document.place());
  }

  private Config config(MappingReader root, Path folder) {
    String contact = root.parsed("contact", null, ContactCheck::usable);
    StoreConfig store = store(root.below("store"), folder);
    ServerConfig server = server(root.below("server"));
    CatalogConfig catalog = catalog(root.below("catalog"), folder);
    var logs = new LogsReader(folder).read(root.below("logs"));
    if (secrets) {
      ContactCheck.neededFor(logs, contact, root);
    }
    var rules = RulesReader.read(root, folder);
    var sinks = SinksReader.read(root, secrets);
    var routes = SinksReader.routes(root, sinks);
    return new Config(contact, store, server, catalog, logs, rules, sinks, routes, retention(root));
  }

  private static StoreConfig store(MappingReader reader, Path folder) {
    String url = reader.text("url", SQLITE + "rootwatch.db");
    Path file = null;
    if (url.startsWith(SQLITE) && url.length() > SQLITE.length()) {
      file = folder.resolve(url.substring(SQLITE.length()));
    } else {
      reader.problem("url", "must be jdbc:sqlite: and a file, such as jdbc:sqlite:rootwatch.db");
    }
    reader.refuseUnknown();
    return new StoreConfig(url, file);
  }

  private static ServerConfig server(MappingReader reader) {
    ServerConfig server =
        reader.parsed(
            "listen",
            new ServerConfig("127.0.0.1", 9464),
            text -> {
              int colon = text.lastIndexOf(':');
              String port = text.substring(colon + 1);
              if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException(
                    "must be an address and a port, such as 127.0.0.1:9464");
              }
              String host = text.substring(0, colon);
              boolean bracketed = host.startsWith("[") && host.endsWith("]");
              return new ServerConfig(
                  bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
            });
    reader.refuseUnknown();
    return server;
  }

  private static CatalogConfig catalog(MappingReader reader, Path folder) {
    CatalogConfig catalog =
        new CatalogConfig(
            reader.parsed("overlay", null, text -> readable(folder, text)),
            reader.parsed("overlayKey", null, text -> readable(folder, text)));
    if (reader.mentions("overlayKey") && !reader.mentions("overlay")) {
      reader.problem("overlayKey", "checks no overlay: name one with overlay: FILE, or remove it");
    }
    reader.refuseUnknown();
    return catalog;
  }

  private static RetentionConfig retention(MappingReader root) {
    MappingReader reader = root.below("retention");
    RetentionConfig retention =
        new RetentionConfig(
            reader.duration("tallies", Duration.ofDays(400)),
            reader.duration("deliveries", Duration.ofDays(90)),
            reader.duration("evidence", Duration.ofDays(400)));
    reader.refuseUnknown();
    return retention;
  }

  /** A file that is there now; a typing error should not wait for the night to be found. */
  static Path readable(Path folder, String text) {
    Path file = folder.resolve(text);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "names the file " + file + ", which cannot be read: create it or mend the path");
    }
    return file;
  }
}
