package dev.rootwatch.ct.note;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.LogKey;

/** Whatever a log serves as its head: a verdict, never an exception. */
class TreeHeadsFuzzTest {
  /** The key of Argon2027h1; of the seeds, some carry its id. */
  private static final LogKey KEY =
      LogKey.ofBase64(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==");

  @FuzzTest
  void checkpoint_anyBytes_verdict(byte[] bytes) {
    CheckpointVerifier.verify(KEY, bytes);
    CheckpointVerifier.verify(KEY, "log.test/a", bytes);
  }

  @FuzzTest
  void getSth_anyBytes_verdict(byte[] bytes) {
    GetSthVerifier.verify(KEY, bytes);
  }
}
