package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final int LEAVES = 70;

  private final List<Hash> leaves = new ArrayList<>();
  private final MerkleTree tree = new MerkleTree();

  MerkleTreeTest() {
    for (int i = 0; i < LEAVES; i++) {
      Hash leaf = NaiveTree.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      tree.append(leaf.toBytes());
    }
  }

  @Test
  void root_everySize_isThatOfNaiveTree() {
    for (int size = 0; size <= LEAVES; size++) {
      assertThat(Hash.of(tree.root(size))).isEqualTo(NaiveTree.root(leaves.subList(0, size)));
    }
  }

  @Test
  void path_everyLeafOfEverySize_verifies() {
    for (int size = 1; size <= LEAVES; size++) {
      Hash root = NaiveTree.root(leaves.subList(0, size));
      for (int index = 0; index < size; index++) {
        List<Hash> path = hashes(tree.path(index, size));
        assertThat(NaiveTree.includes(leaves.get(index), index, size, path, root)).isTrue();
      }
    }
  }

  @Test
  void path_oneHashChanged_doesNotVerify() {
    List<Hash> path = hashes(tree.path(11, LEAVES));
    path.set(2, Hash.sha256(new byte[] {9}));
    assertThat(NaiveTree.includes(leaves.get(11), 11, LEAVES, path, NaiveTree.root(leaves)))
        .isFalse();
  }

  @Test
  void proof_everyPairOfSizes_verifies() {
    for (int second = 1; second <= LEAVES; second++) {
      Hash secondRoot = NaiveTree.root(leaves.subList(0, second));
      for (int first = 1; first <= second; first++) {
        Hash firstRoot = NaiveTree.root(leaves.subList(0, first));
        List<Hash> proof = hashes(tree.proof(first, second));
        assertThat(NaiveTree.consistent(first, firstRoot, second, secondRoot, proof)).isTrue();
      }
    }
  }

  @Test
  void indexOf_leafBeyondSize_notFound() {
    assertThat(tree.indexOf(leaves.get(30).toBytes(), 31)).isEqualTo(30);
    assertThat(tree.indexOf(leaves.get(30).toBytes(), 30)).isEqualTo(-1);
  }

  @Test
  void root_moreLeavesThanABlockHolds_isThatOfNaiveTree() {
    for (int i = LEAVES; i < 9000; i++) {
      Hash leaf = NaiveTree.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      tree.append(leaf.toBytes());
    }
    assertThat(Hash.of(tree.root(9000))).isEqualTo(NaiveTree.root(leaves));
    assertThat(tree.indexOf(leaves.get(8999).toBytes(), 9000)).isEqualTo(8999);
  }

  @Test
  void root_sizeBeyondTree_refused() {
    assertThatThrownBy(() -> tree.root(LEAVES + 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Hash> hashes(List<byte[]> hashes) {
    return new ArrayList<>(Stream.of(hashes.toArray(byte[][]::new)).map(Hash::of).toList());
  }
}
