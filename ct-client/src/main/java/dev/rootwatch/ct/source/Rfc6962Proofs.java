package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.merkle.InclusionProof;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** Proofs as the log gives them (RFC 6962 sections 4.4, 4.5, 4.8). */
final class Rfc6962Proofs implements ProofSource {
  private final LogSite site;
  private final EntrySource entries;

  Rfc6962Proofs(LogSite site, EntrySource entries) {
    this.site = site;
    this.entries = entries;
  }

  @Override
  public ProvenLeaf inclusion(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    if (index < 0 || index >= head.size()) {
      throw new IllegalArgumentException("no entry " + index + " in a tree of " + head.size());
    }
    try {
      return entryAndProof(index, head.size());
    } catch (SourceException e) {
      // Few clients ask for this, so not every front end serves it; each serves the other two.
      if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.INVALID_ANSWER) {
        throw e;
      }
      try {
        return proofByHash(index, head.size());
      } catch (SourceException alsoRefused) {
        alsoRefused.addSuppressed(e);
        throw alsoRefused;
      }
    }
  }

  private ProvenLeaf entryAndProof(long index, long treeSize)
      throws SourceException, InterruptedException {
    LogEndpoint endpoint = LogEndpoint.GET_ENTRY_AND_PROOF;
    HttpUrl url =
        site.url("ct/v1/get-entry-and-proof")
            .addQueryParameter("leaf_index", Long.toString(index))
            .addQueryParameter("tree_size", Long.toString(treeSize))
            .build();
    try (PooledBytes body = site.get(endpoint, url, 0)) {
      Json answer = Json.object(body);
      return new ProvenLeaf(
          leafHash(answer.bytes("leaf_input")),
          new InclusionProof(index, treeSize, hashes(answer, "audit_path")));
    } catch (InvalidAnswer e) {
      throw site.invalid(endpoint, e.reason(), e);
    }
  }

  private ProvenLeaf proofByHash(long index, long treeSize)
      throws SourceException, InterruptedException {
    LogEndpoint endpoint = LogEndpoint.GET_PROOF_BY_HASH;
    Hash leafHash = leafHash(index, treeSize);
    HttpUrl url =
        site.url("ct/v1/get-proof-by-hash")
            .addQueryParameter("hash", leafHash.base64())
            .addQueryParameter("tree_size", Long.toString(treeSize))
            .build();
    try (PooledBytes body = site.get(endpoint, url, 0)) {
      Json answer = Json.object(body);
      long given = answer.number("leaf_index");
      if (given != index) {
        // Possible when the log has the same leaf twice.
        throw site.invalid(endpoint, "proves entry " + given + ", asked for " + index);
      }
      return new ProvenLeaf(
          leafHash, new InclusionProof(index, treeSize, hashes(answer, "audit_path")));
    } catch (InvalidAnswer e) {
      throw site.invalid(endpoint, e.reason(), e);
    }
  }

  private Hash leafHash(long index, long treeSize) throws SourceException, InterruptedException {
    try (EntryWindow window = entries.read(new EntryRange(index, index + 1), treeSize)) {
      byte[] hash = new byte[Hash.BYTES];
      window.leafHash(0, Hash.newSha256(), hash, 0);
      return Hash.of(hash);
    }
  }

  @Override
  public ConsistencyProof consistency(long first, SignedTreeHead second)
      throws SourceException, InterruptedException {
    if (first <= 0 || first > second.size()) {
      throw new IllegalArgumentException(
          "no consistency proof from size " + first + " to " + second.size());
    }
    if (first == second.size()) {
      return new ConsistencyProof(first, first, List.of());
    }
    LogEndpoint endpoint = LogEndpoint.GET_STH_CONSISTENCY;
    HttpUrl url =
        site.url("ct/v1/get-sth-consistency")
            .addQueryParameter("first", Long.toString(first))
            .addQueryParameter("second", Long.toString(second.size()))
            .build();
    try (PooledBytes body = site.get(endpoint, url, 0)) {
      List<Hash> path = hashes(Json.object(body), "consistency");
      return new ConsistencyProof(first, second.size(), path);
    } catch (InvalidAnswer e) {
      throw site.invalid(endpoint, e.reason(), e);
    }
  }

  private static List<Hash> hashes(Json answer, String name) throws InvalidAnswer {
    List<Hash> path = new ArrayList<>();
    for (byte[] node : answer.list(name)) {
      if (node.length != Hash.BYTES) {
        throw new InvalidAnswer("a hash of " + node.length + " bytes in \"" + name + "\"");
      }
      path.add(Hash.of(node));
    }
    return path;
  }

  /** RFC 6962 section 2.1: SHA-256(0x00 || leaf). */
  private static Hash leafHash(byte[] leafInput) {
    MessageDigest sha256 = Hash.newSha256();
    sha256.update((byte) 0);
    return Hash.of(sha256.digest(leafInput));
  }
}
