package dev.rootwatch.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import java.util.List;

/** Whatever an operator writes as a rule: a rule, or everything that is wrong with it. */
class RulesFuzzTest {
  private final Catalog catalog = Catalog.bundled();
  private final OwnerTable owners = OwnerTable.bundled();

  /** A line each: id, authority, domain, severity; further ones are allowed authorities. */
  @FuzzTest(maxDuration = "5m")
  void parse(byte[] text) {
    List<String> lines = List.of(new String(text, UTF_8).split("\n", 12));
    RuleSpec spec =
        new RuleSpec(
            lines.getFirst(),
            lines.size() > 1 ? lines.get(1) : null,
            lines.size() > 2 ? lines.get(2) : null,
            lines.subList(Math.min(4, lines.size()), lines.size()),
            lines.size() > 3 ? lines.get(3) : null);
    try {
      RuleSet rules = RuleSet.parse(List.of(spec), catalog, owners, name -> name.getBytes(UTF_8));
      assertThat(rules.rules()).hasSize(1);
    } catch (RuleException refused) {
      assertThat(refused.mistakes()).isNotEmpty();
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
