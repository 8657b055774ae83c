package dev.rootwatch.ct.list;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.text.ParseException;

/** Whatever bytes come: a list, or a {@link ParseException}. */
class LogListFuzzTest {
  @FuzzTest
  void parse_anyBytes_listOrRefusal(byte[] bytes) {
    try {
      LogList list = LogList.parse(bytes);
      LogListCheck.accept(list, list);
    } catch (ParseException refused) {
      // the only way out
    }
  }
}
