package dev.rootwatch.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.alert.spi.Secret;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.watch.RuleSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final String KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4"
          + "CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==";

  @TempDir Path folder;

  @Test
  void parse_contactAlone_hasEveryDefault() throws ConfigException {
    Config config = parse("contact: soc@corp.tld\n");

    assertThat(config.store().file()).isEqualTo(folder.resolve("rootwatch.db"));
    assertThat(config.server()).isEqualTo(new Config.ServerConfig("127.0.0.1", 9464));
    assertThat(config.logs().list()).isEqualTo(new ListConfig.Default(null));
    assertThat(config.logs().states())
        .containsExactlyInAnyOrder(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY);
    assertThat(config.logs().poll()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.logs().listRefresh()).isEqualTo(Duration.ofMinutes(70));
    assertThat(config.logs().memory()).isEqualTo(64L << 20);
    assertThat(config.rules())
        .extracting("id", "authority")
        .containsExactly(org.assertj.core.groups.Tuple.tuple("catalog", "catalog:*"));
    assertThat(config.sinks()).extracting("type").containsExactly("console");
    assertThat(config.routes()).isEmpty();
    assertThat(config.retention().tallies()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void parse_theDocumentedExample_isUnderstood() throws Exception {
    Files.writeString(folder.resolve("hook"), "geheim\n");
    Config config =
        new ConfigLoader(Map.of("SLACK_URL", "https://hooks.slack.example/x")::get)
            .read(
                """
                contact: soc@corp.tld
                store: {url: "jdbc:sqlite:state/rw.db"}
                server: {listen: "[::1]:0"}
                logs:
                  list: none
                  states: [usable]
                  start: zero
                  perLog: [{log: lab, maxRequestsPerSecond: 5, connections: 2, keepAlive: false}]
                  custom: [{name: lab, url: "http://127.0.0.1:8080/log/", protocol: static, key: "%s", start: 17}]
                rules:
                  - {id: distrusted, authority: "catalog:*"}
                  - {id: ours, domain: example.com, allow: ["owner:lets-encrypt"], severity: high}
                  - {id: called, subject: "(?i)entrust", known: ["file:known.txt"]}
                  - {id: brands, brand: [wosign, entrust], domain: corp.tld}
                  - {id: alive, authority: "owner:lets-encrypt", canary: 1h}
                  - {id: narrow, authority: "catalog:*", except: "pem:own.pem", programs: [mozilla, chrome], purposes: tls, asOf: 2026-01-01T00:00:00Z, digest: false}
                sinks:
                  - {id: soc-slack, type: slack, url: "${env:SLACK_URL}"}
                  - {id: hook, type: webhook, url: "http://127.0.0.1:9000/hook", secret: "${file:hook}"}
                  - {id: mail, type: email, port: 587, to: [soc@corp.tld]}
                routes: [{minSeverity: medium, sinks: [soc-slack, mail]}]
                """
                    .formatted(KEY),
                "rootwatch.yaml",
                folder)
            .checked();

    assertThat(config.server()).isEqualTo(new Config.ServerConfig("::1", 0));
    assertThat(config.store().file()).isEqualTo(folder.resolve("state/rw.db"));
    assertThat(config.logs().custom()).hasSize(1);
    assertThat(config.logs().custom().getFirst().start()).isEqualTo(new Start.At(17));
    assertThat(config.logs().custom().getFirst().log().protocol()).isEqualTo(LogProtocol.STATIC);
    assertThat(config.logs().perLog()).containsEntry("lab", new Config.PerLog(5, 2, false));
    assertThat(config.rules().get(1).allow()).containsExactly("owner:lets-encrypt");
    assertThat(config.rules().get(2))
        .isEqualTo(
            RuleSpec.ofNames("called", new RuleSpec.Names("(?i)entrust", List.of()))
                .knowing(List.of("file:" + folder.resolve("known.txt"))));
    assertThat(config.rules().get(3))
        .isEqualTo(
            RuleSpec.ofNames("brands", new RuleSpec.Names(null, List.of("wosign", "entrust")))
                .on("corp.tld"));
    assertThat(config.rules().get(4))
        .isEqualTo(
            RuleSpec.ofAuthority("alive", "owner:lets-encrypt").heardEvery(Duration.ofHours(1)));
    assertThat(config.rules().get(5))
        .isEqualTo(
            RuleSpec.ofAuthority("narrow", "catalog:*")
                .in(
                    new RuleSpec.Scope(
                        List.of("pem:" + folder.resolve("own.pem")),
                        List.of("mozilla", "chrome"),
                        List.of("tls"),
                        "2026-01-01T00:00:00Z"))
                .told(false));
    assertThat(config.sinks().get(0).settings())
        .containsEntry("url", Secret.of("https://hooks.slack.example/x"));
    assertThat(config.sinks().get(1).settings()).containsEntry("secret", Secret.of("geheim"));
    assertThat(config.sinks().get(2).settings()).containsEntry("to", List.of("soc@corp.tld"));
    assertThat(config.routes().getFirst().sinks()).containsExactly("soc-slack", "mail");
    assertThat(config.toString()).doesNotContain("geheim").doesNotContain("hooks.slack");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          contac: a@corp.tld            | rootwatch.yaml:1:1: contac is not a setting; did you mean contact?
          contact: a@corp.tld\\nlogs:\\n  pol: 3s | rootwatch.yaml:3:3: logs.pol is not a setting; did you mean poll?
          contact: a@corp.tld\\nlogs: {poll: 3}  | rootwatch.yaml:2:14: logs.poll is no time span
          contact: a@corp.tld\\nlogs: {memory: 64MB} | logs.memory is no size
          contact: a@corp.tld\\nlogs: {states: [usabel]} | logs.states must be one of pending, qualified, usable, readonly; did you mean usable?
          contact: a@corp.tld\\nlogs: {start: 5} | logs.start must be one of now, zero
          contact: a@corp.tld\\nlogs: {list: "https://x.tld/l.json"} | logs.list is an address, so its signature must be checked: add listKey: FILE
          contact: a@corp.tld\\nlogs: {list: nowhere.json} | logs.list names the file
          logs: {list: none, listKey: /dev/null} | logs.listKey signs no list where list is none
          contact: a@corp.tld\\nlogs: {custom: [{name: a, url: "http://ct.tld/", protocol: static, key: AAAA}]} | logs.custom[0].url may be http only on loopback
          contact: a@corp.tld\\nlogs: {custom: [{name: a, url: "https://ct.tld/", protocol: static, key: AAAA}]} | logs.custom[0].key must be the base64 of the log's public key
          contact: a@corp.tld\\nlogs: {custom: [{url: "https://ct.tld/", protocol: static}]} | logs.custom[0].name is missing
          contact: a@corp.tld\\nrules: [{id: a}] | rules[0].authority or domain is missing
          contact: a@corp.tld\\nrules: [{id: a, domain: b.tld}, {id: a, domain: c.tld}] | rules[1].id stands twice
          contact: a@corp.tld\\nrules: [{id: a, domain: b.tld, severity: hihg}] | did you mean high?
          contact: a@corp.tld\\nrules: [{id: a, authority: "catalog:*", programs: []}] | rules[0].programs is empty: give it a value or remove it
          contact: a@corp.tld\\nrules: [{id: a, authority: "catalog:*", digest: maybe}] | rules[0].digest must be true or false
          contact: a@corp.tld\\nroutes: [{sinks: [consle]}] | routes[0].sinks names consle, which is no sink; did you mean console?
          contact: a@corp.tld\\nsinks: [{id: a, type: slack, url: "${env:NOPE}"}] | sinks[0].url refers to the environment variable NOPE, which is not set
          contact: a@corp.tld\\nsinks: [{id: a, type: slack, url: "${file:nope}"}] | which cannot be read
          contact: a@corp.tld\\nsinks: [{id: a, type: slack, url: "${vault:x}"}] | only ${env:NAME} and ${file:PATH} are known
          contact: soc@example.com | contact is an address of an example domain
          contact: nobody | contact must be a mail address or an https address
          logs: {list: default} | contact is missing
          contact: a@corp.tld\\ncontact: b@corp.tld | rootwatch.yaml:2:1: contact stands twice, first in line 1
          contact: a@corp.tld\\nrules: [] | rootwatch.yaml:2:8: rules is empty: leave it out for one rule, catalog:*
          contact: a@corp.tld\\nsinks: [] | rootwatch.yaml:2:8: sinks is empty: leave it out for alerts on the console
          contact: a@corp.tld\\nstore: {xyzzy: 1} | store.xyzzy is not a setting. Known here: url
          contact: a@corp.tld\\nroutes: [{sinks: [mail]}] | names mail, which is no sink. There are: console
          contact: a@corp.tld\\n---\\nlogs: {} | rootwatch.yaml:3:1: a second document begins here
          contact: a@corp.tld\\nrules: [{id: a, domain: *x }] | rootwatch.yaml:2:25: a value cannot begin with *: put it in quotes
          - a | must hold settings
          contact: a@corp.tld\\nserver: {listen: here} | server.listen must be an address and a port
          contact: a@corp.tld\\nstore: {url: "jdbc:h2:x"} | store.url must be jdbc:sqlite:
          contact: a@corp.tld\\nlogs: {poll: } | logs.poll is empty
          """)
  void parse_wrongSetting_saysWhereAndHowToMendIt(String yaml, String message) {
    assertThatThrownBy(() -> parse(yaml.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          logs:\\n  list: none\\n\\tpoll: 3s | 3:1: is not YAML: a tab cannot indent: use spaces
          logs:\\n\\tpoll: 3s            | 2:1: is not YAML: a tab cannot indent: use spaces
          a: [b\\nlogs: 3                | 1:4: is not YAML: the [ is not closed: a ] or a comma is missing before line 2, column 5
          a: b\\nrules:\\n- {id: b         | 3:3: is not YAML: the { is not closed: a } or a comma is missing
          a: "b\\nc: d                   | 1:4: is not YAML: the quote is not closed
          a: *.corp.tld                  | 1:4: is not YAML: a value cannot begin with *: put it in quotes
          a: @b                          | 1:4: is not YAML: a value cannot begin with @: put it in quotes
          a: b: c                        | 1:5: is not YAML: a colon cannot stand here
          a:\\n  - b: c\\n   d: e           | 3:4: is not YAML: this line does not fit what stands above it
          a: "\\q"                        | 1:6: is not YAML: found unknown escape character q(113)
          a: 1\\nb\\nc: 2                 | is not YAML: a colon
          """)
  void parse_noYaml_saysOnlyThatAndWhere(String yaml, String message) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t");

    ConfigException told = catchThrowableOfType(ConfigException.class, () -> parse(text));

    assertThat(told.problems()).singleElement().asString().contains(message);
  }

  @Test
  void parse_severalProblems_areAllToldInTheOrderOfTheFile() {
    ConfigException told =
        catchThrowableOfType(
            ConfigException.class,
            () -> parse("contact: a@corp.tld\nlogs:\n  poll: x\n  memory: y\nnope: 1\n"));

    assertThat(told.problems())
        .hasSize(3)
        .satisfies(problems -> {
          assertThat(problems.get(0)).startsWith("rootwatch.yaml:3:");
          assertThat(problems.get(1)).startsWith("rootwatch.yaml:4:");
          assertThat(problems.get(2)).startsWith("rootwatch.yaml:5:");
        });
  }

  @Test
  void parse_onlyLogsOnLoopback_needsNoContact() throws ConfigException {
    assertThat(parse("logs: {list: none}\n").contact()).isNull();
  }

  @Test
  void parse_listFile_needsAContactUnlessAllItsLogsAreOnLoopback() throws Exception {
    String list =
        """
        {"version": "1.0", "log_list_timestamp": "2026-01-01T00:00:00Z",
         "operators": [{"name": "Op", "email": [], "logs": [%s], "tiled_logs": []}]}
        """;
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    LogKey key = LogKey.ofSpki(keys.generateKeyPair().getPublic().getEncoded());
    Path file = folder.resolve("list.json");
    String near =
        """
        {"description": "log", "log_id": "%s", "key": "%s", "url": "http://127.0.0.1:8080/log/",
         "mmd": 60, "state": {"usable": {"timestamp": "2026-01-01T00:00:00Z"}}}\
        """
            .formatted(key.id(), key.base64());
    Files.writeString(file, list.formatted(near));
    assertThat(parse("logs: {list: list.json}\n").contact()).isNull();

    Files.writeString(file, list.formatted(near.replace("http://127.0.0.1:8080", "https://x.tld")));
    assertThatThrownBy(() -> parse("logs: {list: list.json}\n"))
        .hasMessageContaining("contact is missing");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> parse("logs: {list: list.json}\n"))
        .hasMessageContaining("contact is missing");
  }

  @Test
  void withoutSecrets_publicLogsWithoutContact_areNotReadSoItIsNotMissed() throws Exception {
    Path file = Files.writeString(folder.resolve("rootwatch.yaml"), "logs: {poll: 30s}\n");
    ConfigLoader loader = new ConfigLoader(name -> null);

    assertThat(loader.withoutSecrets().load(file).contact()).isNull();
    assertThatThrownBy(() -> loader.load(file)).hasMessageContaining("contact is missing");
  }

  @Test
  void load_fileAbsent_saysWhich() {
    assertThatThrownBy(() -> ConfigLoader.ofProcess().load(folder.resolve("none.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml: is not there: create it");
    assertThatThrownBy(() -> ConfigLoader.ofProcess().load(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is a directory");
  }

  private Config parse(String yaml) throws ConfigException {
    return new ConfigLoader(name -> null).read(yaml, "rootwatch.yaml", folder).checked();
  }
}
