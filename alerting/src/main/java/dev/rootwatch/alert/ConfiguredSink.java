package dev.rootwatch.alert;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Audience;

/**
 * A sink as the dispatcher needs it.
 *
 * @param id as configured
 * @param sink where alerts go
 * @param audience who reads it
 * @param policy how hard it is tried
 */
public record ConfiguredSink(String id, AlertSink sink, Audience audience, DeliveryPolicy policy) {}
