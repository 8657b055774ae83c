package dev.rootwatch.daemon.metrics;

import dev.rootwatch.alert.text.Visible;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/**
 * Makes label values visible and short, whoever made them: names of logs come from lists, those of
 * authorities from catalogs. A metrics page ends up on terminals and dashboards.
 */
public final class LabelValues implements MeterFilter {
  private static final int LONGEST = 120;

  /** One value. */
  static String of(String value) {
    return Visible.of(value, LONGEST);
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    List<Tag> tags = id.getTags();
    for (Tag tag : tags) {
      if (!of(tag.getValue()).equals(tag.getValue())) {
        return id.replaceTags(
            tags.stream().map(t -> Tag.of(t.getKey(), of(t.getValue()))).toList());
      }
    }
    return id;
  }
}
