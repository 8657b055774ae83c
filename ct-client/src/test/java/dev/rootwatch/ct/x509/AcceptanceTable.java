package dev.rootwatch.ct.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.Certificate;

/** Who reads what: our scanner, Bouncy Castle, the JDK; and why Bouncy Castle refuses the rest. */
final class AcceptanceTable {
  private final CertificateFactory jdk;
  private final Map<String, Integer> readers = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();

  AcceptanceTable() {
    try {
      jdk = CertificateFactory.getInstance("X.509");
    } catch (CertificateException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** Notes one input, a whole certificate. */
  void note(String from, byte[] der, boolean scanner, boolean bouncyCastle) {
    String row =
        "%-11s scanner=%-3s bouncy_castle=%-3s jdk=%s"
            .formatted(from, word(scanner), word(bouncyCastle), word(jdkReads(der)));
    readers.merge(row, 1, Integer::sum);
    if (scanner && !bouncyCastle) {
      refusals.merge(from + ": " + refusal(der), 1, Integer::sum);
    }
  }

  /** One line for each combination, then one for each reason of Bouncy Castle's. */
  String text() {
    StringBuilder text = new StringBuilder("who reads it:\n");
    readers.forEach((row, count) -> text.append("  %s %d%n".formatted(row, count)));
    text.append("only the scanner, and what Bouncy Castle says:\n");
    refusals.forEach((row, count) -> text.append("  %s %d%n".formatted(row, count)));
    return text.toString();
  }

  private boolean jdkReads(byte[] der) {
    try {
      return jdk.generateCertificate(new ByteArrayInputStream(der)) != null;
    } catch (CertificateException | RuntimeException refused) {
      return false;
    }
  }

  private static String refusal(byte[] der) {
    try {
      return "reads it (" + Certificate.getInstance(der).getVersionNumber() + ")";
    } catch (RuntimeException refused) {
      Throwable root = refused;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String words = String.valueOf(root.getMessage()).replaceAll("[0-9a-f]{6,}|\\d+", "N");
      return words.length() > 80 ? words.substring(0, 80) : words;
    }
  }

  private static String word(boolean reads) {
    return reads ? "yes" : "no";
  }
}
