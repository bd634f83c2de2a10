#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends a file with tuspy, cut at random points and resumed: tus_client.py BASE SESSION FILE SEED."""
import random
import sys

from tusclient import client


def main():
    base, session, path, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    chance = random.Random(seed)
    size = len(open(path, "rb").read())
    server = client.TusClient(f"{base}/v1/uploads")
    metadata = {"filename": path.rsplit("/", 1)[-1], "session_id": session}
    uploader = server.uploader(path, metadata=metadata, chunk_size=max(1, size // 7), upload_checksum=True)
    uploader.upload_chunk()
    place = uploader.url
    while True:
        # A new program each time: it knows the address and nothing else.
        uploader = server.uploader(
            path, url=place, metadata=metadata, chunk_size=chance.randrange(1, size // 3), upload_checksum=chance.random() < 0.5
        )
        if uploader.offset >= size:
            break
        uploader.upload_chunk()
    print(uploader.get_offset())


main()
