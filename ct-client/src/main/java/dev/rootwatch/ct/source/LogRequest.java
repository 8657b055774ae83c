package dev.rootwatch.ct.source;

import dev.rootwatch.ct.LogId;

/**
 * What a request is for. Every request to a log carries one as its OkHttp tag, so that an
 * interceptor of the caller can count: {@code chain.request().tag(LogRequest.class)}.
 *
 * @param log whom it asks
 * @param endpoint for what
 */
public record LogRequest(LogId log, LogEndpoint endpoint) {}
