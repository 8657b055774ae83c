package dev.rootwatch.watch;

import java.util.List;

/**
 * Why a rule matches a certificate, or why not.
 *
 * @param rule its id
 * @param matches whether it finds the certificate
 * @param because of a rule that matches, what held; of one that does not, what failed. Sentences
 *     for people, which may hold strings from certificates
 */
public record RuleReason(String rule, boolean matches, List<String> because) {
  public RuleReason {
    because = List.copyOf(because);
  }
}
