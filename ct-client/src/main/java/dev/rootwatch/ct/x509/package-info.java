/** Certificates as offsets into bytes: scanning, the canonical TBSCertificate, names. */
@NullMarked
package dev.rootwatch.ct.x509;

import org.jspecify.annotations.NullMarked;
