package dev.rootwatch.ct.source;

class JacksonGetEntriesParserTest extends GetEntriesParserContract {
  @Override
  GetEntriesParser parser() {
    return new JacksonGetEntriesParser();
  }
}
