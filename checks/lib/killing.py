"""What can be seen of a process at the moment in which it is killed. Linux: it looks at /proc and at SQLite's locks."""

import fcntl
import os
import signal
import struct
import time

# SQLite's wal-index locks are bytes of the -shm file; the first is held by whoever is inside a write transaction
# (https://www.sqlite.org/walformat.html, "WAL locks").
WAL_WRITE_LOCK = 120

FLOCK = "hhqqi4x"  # struct flock of 64-bit Linux


def stopped(pid):
    """Stops a process with all its threads where they are; a thread inside a system call stops at its end."""
    os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        states = set()
        for task in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{task}/stat") as stat:
                    states.add(stat.read().rsplit(")", 1)[1].split()[0])
            except OSError:
                pass  # a thread that has just ended
        if states <= {"T", "t"}:
            return True
        time.sleep(0.001)
    return False


def cpu_seconds(pid):
    """User and system time of a process with all its threads; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0


def in_write_transaction(store, pid):
    """Whether that process holds SQLite's write lock on the store."""
    try:
        with open(f"{store}-shm", "rb+") as shm:
            asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, WAL_WRITE_LOCK, 1, 0)
            answer = struct.unpack(FLOCK, fcntl.fcntl(shm, fcntl.F_GETLK, asked))
    except OSError:
        return False
    return answer[0] != fcntl.F_UNLCK and answer[4] == pid


def uncommitted_frames(store):
    """Pages in the write-ahead log after the last commit: what a transaction had written when it was cut off.

    A frame is a header of 24 bytes and a page; it belongs to the log when it carries the log's salts, and ends a
    transaction when its second field, the size of the database, is not 0 (walformat.html).
    """
    try:
        with open(f"{store}-wal", "rb") as wal:
            header = wal.read(32)
            if len(header) < 32:
                return 0
            page, salts, open_frames = struct.unpack(">I", header[8:12])[0], header[16:24], 0
            while True:
                frame = wal.read(24)
                if len(frame) < 24 or frame[8:16] != salts or len(wal.read(page)) < page:
                    return open_frames
                open_frames = 0 if struct.unpack(">I", frame[4:8])[0] else open_frames + 1
    except OSError:
        return 0
