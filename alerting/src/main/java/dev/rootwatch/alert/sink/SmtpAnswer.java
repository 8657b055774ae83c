package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.text.Visible;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail was not sent. 5xx is for ever (RFC 5321 section 4.2.1), 4xx and everything that goes
 * wrong on the way is not. Nor is a refused password, or a server that wants one: those are mended
 * in the configuration, and the alerts should go out then.
 *
 * @param code what the server said; -1 when it was not asked
 * @param temporarilyRefused addresses for which it said 4xx
 * @param isPermanent whether asking again is of no use
 * @param reason for the operator
 */
record SmtpAnswer(int code, Set<Address> temporarilyRefused, boolean isPermanent, String reason) {

  static SmtpAnswer of(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return temporary("the server refuses user and password: " + said(failure));
    }
    int code = -1;
    Set<Address> temporarilyRefused = new LinkedHashSet<>();
    boolean anyPermanent = false;
    String reason = null;
    for (Exception e = failure;
        e instanceof MessagingException messaging;
        e = messaging.getNextException()) {
      int one = codeOf(messaging);
      if (one >= 400 && one < 600) {
        code = code == -1 ? one : code;
        reason = reason == null ? said(messaging) : reason;
        anyPermanent |= one >= 500 && !isAboutAuthentication(one);
        if (messaging instanceof SMTPAddressFailedException address
            && (one < 500 || isAboutAuthentication(one))) {
          temporarilyRefused.add(address.getAddress());
        }
      }
      if (messaging.getNextException() == null && reason == null) {
        reason = said(messaging);
      }
    }
    if (code != -1) {
      return new SmtpAnswer(
          code,
          temporarilyRefused,
          anyPermanent && temporarilyRefused.isEmpty(),
          reason == null ? "SMTP " + code : reason);
    }
    return temporary(cause(failure));
  }

  private static SmtpAnswer temporary(String reason) {
    return new SmtpAnswer(-1, Set.of(), false, reason);
  }

  private static int codeOf(MessagingException e) {
    return switch (e) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException send -> send.getReturnCode();
      default -> -1;
    };
  }

  /**
   * RFC 4954 section 6: 530 wants authentication, 534, 535 and 538 refuse the kind or the words.
   */
  private static boolean isAboutAuthentication(int code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
  }

  private static String cause(MessagingException failure) {
    for (Throwable e = failure; e != null; e = next(e)) {
      switch (e) {
        case UnknownHostException _ -> {
          return "the host's name cannot be resolved";
        }
        case ConnectException _ -> {
          return "no connection";
        }
        case SocketTimeoutException _ -> {
          return "no answer in time";
        }
        case SSLException tls -> {
          return "TLS: " + Visible.of(String.valueOf(tls.getMessage()), 200);
        }
        default -> {}
      }
    }
    return said(failure);
  }

  private static @Nullable Throwable next(Throwable e) {
    return e instanceof MessagingException messaging ? messaging.getNextException() : e.getCause();
  }

  private static String said(MessagingException e) {
    String said = e.getMessage() == null ? "" : e.getMessage().strip().replaceAll("\\s+", " ");
    return said.isEmpty() ? "the server does not say why" : Visible.of(said, 300);
  }
}
