# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that is shared with faults.c: which call of a server fails, and how much its clock is off."""
import mmap, os, struct, subprocess

SIZE = 512


class Shim:
    def __init__(self, folder, under):
        """Compiles the shim into `folder`; only calls on files below `under` are counted."""
        self.library, self.path = os.path.join(folder, "faults.so"), os.path.join(folder, "faults.page")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", self.library, source, "-ldl"], check=True)
        with open(self.path, "wb") as file:
            file.write(bytes(SIZE))
        with open(self.path, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), SIZE)
        self.page[256 : 256 + len(under.encode())] = under.encode()

    @property
    def environment(self):
        return {"LD_PRELOAD": self.library, "KINORA_FAULTS": self.path}

    @property
    def calls(self):
        return struct.unpack_from("<q", self.page, 0)[0]

    def arm(self, number, error):
        """The call `number` calls from now fails with `error`; −1: it writes half."""
        struct.pack_into("<ii", self.page, 16, error, 0)
        struct.pack_into("<q", self.page, 8, self.calls + number)

    def disarm(self):
        """Which call failed since `arm`, None where none did; `healed` tells whether what it should have put on the disk was put there later."""
        struct.pack_into("<q", self.page, 8, 0)
        fired = struct.unpack_from("<i", self.page, 20)[0]
        self.healed = fired == 2
        return self.page[32:256].split(b"\0", 1)[0].decode(errors="replace") if fired else None

    def clock(self, seconds):
        struct.pack_into("<q", self.page, 24, seconds)
