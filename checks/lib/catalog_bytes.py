"""Compares the catalog with the certificate files beside the project; see checks/catalog-bytes."""

import base64
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

HOME = os.path.abspath(sys.argv[1])
SHARED = os.path.join(HOME, "..", "shared", "catalog")


def rootwatch(*arguments):
    command = shlex.split(os.environ.get("ROOTWATCH", os.path.join(HOME, "rootwatch")))
    run = subprocess.run(command + list(arguments), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines() if line.strip()]


def main():
    if not os.path.isdir(SHARED):
        print("CHECK catalog-bytes SKIPPED")
        return 1 if os.environ.get("REQUIRE_SHARED") == "1" else 0
    told = {}
    quoted = set()
    ids = [row["id"] for row in rootwatch("catalog", "list", "--json")]
    families = rootwatch("catalog", "show", "--json", *ids)
    for family in families:
        for certificate in family["certificates"]:
            told[certificate["sha256"]] = certificate
        for key in family["keys"]:
            if key["evidence"] == "quoted":
                quoted.add(key["spkiSha256"])
                quoted.update(key["anchors"])
        for single in family["fingerprints"]:
            if single["evidence"] == "quoted":
                quoted.add(single["sha256"] or single["sha1"])
    files = differ = 0
    for name in sorted(os.listdir(os.path.join(SHARED, "roots"))):
        if not name.endswith(".pem"):
            continue
        files += 1
        with open(os.path.join(SHARED, "roots", name), encoding="ascii") as pem:
            block = re.search("-----BEGIN CERTIFICATE-----(.*?)-----END", pem.read(), re.S).group(1)
        der = base64.b64decode(block)
        entry = told.get(hashlib.sha256(der).hexdigest())
        # openssl says what the key is; the catalog must say the same.
        spki = subprocess.run(
            "openssl x509 -inform der -pubkey -noout | openssl pkey -pubin -outform der",
            shell=True, input=der, capture_output=True).stdout
        key = hashlib.sha256(spki).hexdigest() if spki else None
        if entry is None or entry["evidence"] != "bytes" or (key and entry["spkiSha256"] != key):
            differ += 1
            print(f"{name}: " + ("not told" if entry is None else "told otherwise"), file=sys.stderr)
    # What the research copied from texts, entry by entry.
    unmarked = missing = 0
    with open(os.path.join(SHARED, "distrust.yaml"), encoding="utf-8") as facts:
        text = facts.read()
    expected = set()
    for block in re.split(r"\n  - ", text):
        if "verified: quoted" in block:
            expected.update(re.findall(r"\bsha256: ['\"]?([0-9a-f]{64})", block)[:1])
    at = text.index("\n  quoted:")
    for value in re.findall(r"\bsha256: ['\"]?([0-9a-f]{64})", text[at:]):
        expected.add(value)
    for value in expected:
        if value not in quoted:
            unmarked += 1
            print(f"{value}: only quoted, and not marked so", file=sys.stderr)
    print(f"CHECK catalog-bytes families={len(families)} files={files} differ={differ} "
          f"quoted={len(expected)} unmarked={unmarked}")
    return 0 if files == 292 and differ == 0 and unmarked == 0 and expected else 1


sys.exit(main())
