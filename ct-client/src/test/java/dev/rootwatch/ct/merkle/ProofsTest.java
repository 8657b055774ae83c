package dev.rootwatch.ct.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.TreeNodes.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Proofs made and verified, against the recursive definitions; and nothing else verifies. */
class ProofsTest {
  private static final int SIZE = 70;
  private static final NaiveTree TREE = NaiveTree.ofSize(1030, 3);
  private static final Hash OTHER = Hash.sha256(new byte[] {42});

  @Example
  void inclusion_allSmallTrees_isTheDefinedPathAndVerifies() {
    for (int size = 1; size <= SIZE; size++) {
      Hash root = TREE.root(size);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = TreeProofs.inclusion(index, size, TREE);
        assertThat(proof.path()).isEqualTo(TREE.path(index, size));
        assertThat(proof.verifies(TREE.leaf(index), root)).isTrue();
        assertThat(proof.left()).isEqualTo(TreeProofs.compactRange(index, TREE));
        assertThat(proof.left().root()).isEqualTo(TREE.root(index));
      }
    }
  }

  @Example
  void inclusion_anyOneThingChanged_doesNotVerify() {
    for (int size = 1; size <= 34; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = TreeProofs.inclusion(index, size, TREE);
        Hash leaf = TREE.leaf(index);
        Hash root = TREE.root(size);
        assertThat(proof.verifies(OTHER, root)).isFalse();
        assertThat(proof.verifies(leaf, OTHER)).isFalse();
        for (List<Hash> path : damaged(proof.path())) {
          assertThat(new InclusionProof(index, size, path).verifies(leaf, root)).isFalse();
        }
        for (int other = -1; other <= size; other++) {
          if (other != index) {
            assertThat(new InclusionProof(other, size, proof.path()).verifies(leaf, root))
                .as("leaf %d of %d claimed at %d", index, size, other)
                .isFalse();
          }
        }
      }
    }
  }

  /**
   * A path alone does not tell the size of the tree: a claimed size with the same shape above the
   * leaf verifies too, by the RFC's own algorithm. What must hold: with the root of the claimed
   * size, nothing but the right path does.
   */
  @Example
  void inclusion_pathOfAnotherSize_doesNotVerifyUnderThatSizesRoot() {
    for (int size = 1; size <= 34; size++) {
      for (int index = 0; index < size; index++) {
        List<Hash> path = TREE.path(index, size);
        for (int other = index + 1; other <= 40; other++) {
          boolean verifies =
              new InclusionProof(index, other, path).verifies(TREE.leaf(index), TREE.root(other));
          assertThat(verifies).isEqualTo(other == size);
        }
      }
    }
  }

  @Example
  void consistency_allSmallTrees_isTheDefinedProofAndVerifies() {
    for (int second = 1; second <= SIZE; second++) {
      for (int first = 1; first <= second; first++) {
        ConsistencyProof proof = TreeProofs.consistency(first, second, TREE);
        assertThat(proof.path()).isEqualTo(TREE.proof(first, second));
        assertThat(proof.verifies(TREE.root(first), TREE.root(second))).isTrue();
      }
    }
  }

  @Example
  void consistency_anyOneThingChanged_doesNotVerify() {
    for (int second = 1; second <= 34; second++) {
      for (int first = 1; first <= second; first++) {
        ConsistencyProof proof = TreeProofs.consistency(first, second, TREE);
        Hash firstRoot = TREE.root(first);
        Hash secondRoot = TREE.root(second);
        assertThat(proof.verifies(OTHER, secondRoot)).isFalse();
        assertThat(proof.verifies(firstRoot, OTHER)).isFalse();
        for (List<Hash> path : damaged(proof.path())) {
          assertThat(new ConsistencyProof(first, second, path).verifies(firstRoot, secondRoot))
              .as("%d to %d with a damaged path", first, second)
              .isFalse();
        }
        for (int other = 0; other <= 40; other++) {
          // Every tree continues the empty one, with no path at all.
          boolean fromEmpty = other == 0 && proof.path().isEmpty();
          if (other != first && !fromEmpty) {
            assertThat(
                    new ConsistencyProof(other, second, proof.path())
                        .verifies(TREE.root(other), secondRoot))
                .isFalse();
          }
          if (other != second) {
            assertThat(
                    new ConsistencyProof(first, other, proof.path())
                        .verifies(firstRoot, TREE.root(other)))
                .isFalse();
          }
        }
      }
    }
  }

  /** Even when the roots are those of the path: other sizes want a path of another length. */
  @Example
  void consistency_pathOfWrongLengthForTheSizes_doesNotVerify() {
    int[][] length = new int[35][35];
    for (int second = 1; second < 35; second++) {
      for (int first = 1; first <= second; first++) {
        length[first][second] = TREE.proof(first, second).size();
      }
    }
    for (int second = 2; second <= 18; second++) {
      for (int first = 1; first < second; first++) {
        List<Hash> path = TREE.proof(first, second);
        Hash firstRoot = TREE.root(first);
        Hash secondRoot = TREE.root(second);
        for (int claimed = 2; claimed <= 34; claimed++) {
          for (int from = 1; from < claimed; from++) {
            if (length[from][claimed] != path.size()) {
              assertThat(new ConsistencyProof(from, claimed, path).verifies(firstRoot, secondRoot))
                  .as("%d to %d claimed to be %d to %d", first, second, from, claimed)
                  .isFalse();
            }
          }
        }
      }
    }
  }

  /** The path with each hash replaced, each left out, one put in at each place, and two swapped. */
  private static List<List<Hash>> damaged(List<Hash> path) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i <= path.size(); i++) {
      List<Hash> longer = new ArrayList<>(path);
      longer.add(i, OTHER);
      all.add(longer);
      if (i < path.size()) {
        List<Hash> changed = new ArrayList<>(path);
        byte[] bit = path.get(i).toBytes();
        bit[i % 32] ^= 1;
        changed.set(i, Hash.of(bit));
        all.add(changed);
        List<Hash> shorter = new ArrayList<>(path);
        shorter.remove(i);
        all.add(shorter);
      }
      if (i > 0 && i < path.size()) {
        List<Hash> swapped = new ArrayList<>(path);
        swapped.set(i, swapped.set(i - 1, swapped.get(i)));
        all.add(swapped);
      }
    }
    return all;
  }

  @Property(tries = 60)
  void proofs_largerTrees_verify(
      @ForAll @IntRange(min = 1, max = 1030) int size, @ForAll @IntRange(max = 1029) int any) {
    int index = any % size;
    assertThat(TreeProofs.inclusion(index, size, TREE).verifies(TREE.leaf(index), TREE.root(size)))
        .isTrue();
    assertThat(
            TreeProofs.consistency(index, size, TREE).verifies(TREE.root(index), TREE.root(size)))
        .isTrue();
  }

  @Property(tries = 60)
  void nodes_fetchedBefore_areAllThatTheProofAsksFor(
      @ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(max = 299) int any) {
    int index = any % size;
    assertThat(TreeProofs.inclusion(index, size, only(TreeProofs.inclusionNodes(index, size))))
        .isEqualTo(TreeProofs.inclusion(index, size, TREE));
    assertThat(TreeProofs.consistency(index, size, only(TreeProofs.consistencyNodes(index, size))))
        .isEqualTo(TreeProofs.consistency(index, size, TREE));
    assertThat(TreeProofs.compactRange(size, only(TreeProofs.compactRangeNodes(size))))
        .isEqualTo(TreeProofs.compactRange(size, TREE));
  }

  private static TreeNodes only(List<NodeId> ids) {
    Map<NodeId, Hash> known = new HashMap<>();
    ids.forEach(id -> known.put(id, TREE.node(id.level(), id.index())));
    return (level, index) -> {
      Hash hash = known.get(new NodeId(level, index));
      if (hash == null) {
        throw new AssertionError("not fetched: level " + level + ", index " + index);
      }
      return hash;
    };
  }

  @Test
  void consistency_sameSize_emptyPathAndEqualRootsOnly() {
    Hash root = TREE.root(5);
    assertThat(new ConsistencyProof(5, 5, List.of()).verifies(root, root)).isTrue();
    assertThat(new ConsistencyProof(5, 5, List.of()).verifies(root, OTHER)).isFalse();
    assertThat(new ConsistencyProof(5, 5, List.of(root)).verifies(root, root)).isFalse();
  }

  @Test
  void consistency_fromTheEmptyTree_emptyPathAndTheEmptyRootOnly() {
    Hash empty = CompactRange.EMPTY.root();
    assertThat(new ConsistencyProof(0, 5, List.of()).verifies(empty, TREE.root(5))).isTrue();
    assertThat(new ConsistencyProof(0, 5, List.of()).verifies(OTHER, TREE.root(5))).isFalse();
    assertThat(new ConsistencyProof(0, 5, List.of(OTHER)).verifies(empty, TREE.root(5))).isFalse();
    assertThat(new ConsistencyProof(0, 0, List.of()).verifies(empty, empty)).isTrue();
  }

  @Test
  void consistency_shrinkingOrNegative_doesNotVerify() {
    Hash root = TREE.root(5);
    assertThat(new ConsistencyProof(5, 4, List.of()).verifies(root, TREE.root(4))).isFalse();
    assertThat(new ConsistencyProof(-1, 4, List.of(root)).verifies(root, root)).isFalse();
    assertThat(
            new ConsistencyProof(Long.MIN_VALUE, Long.MAX_VALUE, List.of(root))
                .verifies(root, root))
        .isFalse();
  }

  @Test
  void left_pathOfWrongLength_refused() {
    InclusionProof proof = new InclusionProof(5, 9, List.of(OTHER));
    assertThatIllegalStateException()
        .isThrownBy(proof::left)
        .withMessage("no inclusion proof for leaf 5 of 9 has 1 nodes");
  }

  @Test
  void treeProofs_outsideTheTree_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProofs.inclusion(5, 5, TREE));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProofs.inclusion(-1, 5, TREE));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProofs.consistency(6, 5, TREE));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProofs.consistency(-1, 5, TREE));
  }
}
