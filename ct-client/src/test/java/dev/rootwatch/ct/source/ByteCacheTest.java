package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteCacheTest {
  @Test
  void put_moreThanFits_theLeastRecentlyUsedGoes() {
    ByteCache<String> cache = new ByteCache<>(30);
    cache.put("a", new byte[10]);
    cache.put("b", new byte[10]);
    cache.put("c", new byte[10]);
    assertThat(cache.get("a")).isNotNull();
    cache.put("d", new byte[10]);
    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("a")).isNotNull();
    assertThat(cache.bytes()).isEqualTo(30);
  }

  @Test
  void put_again_countedOnce() {
    ByteCache<String> cache = new ByteCache<>(30);
    cache.put("a", new byte[10]);
    cache.put("a", new byte[20]);
    assertThat(cache.bytes()).isEqualTo(20);
  }

  @Test
  void put_largerThanTheCache_notKept() {
    ByteCache<String> cache = new ByteCache<>(30);
    cache.put("a", new byte[31]);
    assertThat(cache.get("a")).isNull();
    assertThat(cache.bytes()).isZero();
  }
}
