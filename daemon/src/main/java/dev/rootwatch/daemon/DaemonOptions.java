package dev.rootwatch.daemon;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the process gives the daemon.
 *
 * @param out standard output, for the console sink
 * @param colour whether {@code out} may be coloured
 * @param environment of the process; proxies are read from it
 * @param clock for everything that asks the time
 * @param version of the program, for the User-Agent and metrics
 */
public record DaemonOptions(
    PrintStream out,
    boolean colour,
    Map<String, String> environment,
    InstantSource clock,
    String version) {}
