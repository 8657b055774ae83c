package dev.rootwatch.daemon;

import dev.rootwatch.alert.text.HostName;
import dev.rootwatch.watch.Finding;
import dev.rootwatch.watch.FindingType;
import dev.rootwatch.watch.IssuerMatch;
import dev.rootwatch.watch.distrust.Verdict;
import java.util.stream.Collectors;

/**
 * One line that says what happened, for the subject of a mail or a pager. It holds strings from
 * certificates as they are; the sinks escape them for their medium.
 */
final class AlertTitle {
  private static final int LONGEST_NAME = 100;

  private AlertTitle() {}

  static String of(Finding finding) {
    String what = what(finding);
    String distrustedBy =
        finding.verdicts().stream()
            .filter(verdict -> verdict.result() == Verdict.Result.DISTRUSTED)
            .map(verdict -> verdict.program().word())
            .distinct()
            .collect(Collectors.joining(", "));
    return distrustedBy.isEmpty() ? what : what + " (distrusted by " + distrustedBy + ")";
  }

  private static String what(Finding finding) {
    if (finding.certificate() == null) {
      return "unreadable entry " + finding.index() + " of " + finding.log().name();
    }
    String name = name(finding);
    return switch (finding.type()) {
      case NEW_SUBORDINATE -> name + ": CA certificate issued by " + issuer(finding);
      case CROSS_SIGN -> name + ": watched key certified by " + issuer(finding);
      case POSSIBLE_BACKDATING -> name + ": possibly backdated by " + issuer(finding);
      default -> name + ": certificate from " + issuer(finding);
    };
  }

  /** The name that the reader knows: a watched one, else the first, else the subject. */
  private static String name(Finding finding) {
    var certificate = finding.certificate();
    String name = "";
    if (!finding.matchedNames().isEmpty()) {
      name = finding.matchedNames().getFirst();
    } else if (certificate != null) {
      boolean namesTell =
          !certificate.names().isEmpty() && finding.type() != FindingType.NEW_SUBORDINATE;
      name = namesTell ? certificate.names().getFirst() : certificate.subject();
    }
    String shown = HostName.inBothForms(name);
    return shown.length() <= LONGEST_NAME ? shown : shortened(shown);
  }

  private static String shortened(String name) {
    int end = LONGEST_NAME - 1;
    return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String issuer(Finding finding) {
    IssuerMatch issuer = finding.issuer();
    if (issuer == null) {
      var certificate = finding.certificate();
      return certificate == null ? "an unknown issuer" : certificate.issuer();
    }
    String family = issuer.family();
    return family == null ? issuer.name() : issuer.name() + " [" + family + "]";
  }
}
