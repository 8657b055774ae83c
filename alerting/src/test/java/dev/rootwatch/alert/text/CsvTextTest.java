package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠1"})
  void cell_whatBeginsLikeAFormula_isText(String formula) {
    assertThat(CsvText.cell(formula)).isEqualTo("\"'" + formula + "\"");
  }

  @Test
  void cell_quotesLinesAndCommas_stayInTheCell() {
    assertThat(CsvText.cell("a\",b\r\n=1")).isEqualTo("\"a\"\",b\\u{d}\\u{a}=1\"");
    assertThat(CsvText.cell("\t=1")).isEqualTo("\"\\u{9}=1\"");
    assertThat(CsvText.cell("")).isEqualTo("\"\"");
  }

  @Property
  void cell_anything_isOneCellOnOneLine(@ForAll String text) {
    String cell = CsvText.cell(text);
    String inside = cell.substring(1, cell.length() - 1).replace("\"\"", "");
    assertThat(inside).doesNotContain("\"").doesNotContain("\n").doesNotContain("\r");
  }
}
