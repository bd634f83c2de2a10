# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts that media formats are made of, and edits of them: sizes, counts, places, order, nesting, loops."""
import struct, zlib

# ISO base media (mp4, mov, heif, avif)

HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"udta", b"moof", b"traf", b"mvex", b"iprp", b"ipco", b"tref", b"grpl", b"wave", b"sinf", b"schi"}
FULL_HOLDERS = {b"meta": 4, b"stsd": 8, b"dref": 8, b"iinf": 6, b"iref": 4}
SAMPLES = {b"avc1": 78, b"hvc1": 78, b"mp4v": 78, b"av01": 78, b"vp09": 78, b"mp4a": 28, b"alac": 28}


def boxes(data, start=0, end=None, depth=0):
    """(where it begins, its header's length, its end, its type), holders before what they hold."""
    end, found = len(data) if end is None else end, []
    while start + 8 <= end and len(found) < 2000:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        stop = end if size == 0 else start + size
        if size and size < head or stop > end:
            break
        found.append((start, head, stop, kind))
        inside = head + FULL_HOLDERS.get(kind, 0) + SAMPLES.get(kind, 0)
        if kind in HOLDERS or kind in FULL_HOLDERS or kind in SAMPLES:
            if depth < 12:
                found += boxes(data, start + inside, stop, depth + 1)
        start = stop
    return found


def iso(rng, data, edge):
    found = boxes(data)
    if not found:
        return None
    start, head, stop, kind = rng.choice(found)
    inner = stop - start - head
    dice = rng.randrange(12)
    if dice <= 2:  # its size: 0, 1, 2³²−1, smaller than its header, a little off
        size = rng.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 2, 7, 8, 9, max(0, stop - start - 1), stop - start + 1, len(data), edge(rng, 4)))
        return data[:start] + struct.pack(">I", size & 0xFFFFFFFF) + data[start + 4 :]
    if dice == 3:  # a long size
        size = rng.choice((0, 1, 15, 16, (1 << 63) - 1, (1 << 64) - 1, 1 << 40, stop - start + 8))
        return data[:start] + struct.pack(">I4sQ", 1, kind, size) + data[start + 8 :]
    if dice == 4:  # another type
        other = rng.choice(found)[3] if rng.random() < 0.7 else bytes(rng.randrange(256) for _ in range(4))
        return data[: start + 4] + other + data[start + 8 :]
    if dice == 5:  # gone, or there twice
        return data[:start] + data[stop:] if rng.random() < 0.5 else data[:stop] + data[start:stop] * rng.choice((1, 1, 3, 200 if stop - start < 500 else 1)) + data[stop:]
    if dice == 6:  # where another one is
        a, _, b, _ = rng.choice(found)
        return data[:start] + data[a:b] + data[stop:]
    if dice == 7:  # inside itself, deep
        box = data[start:stop][:400]
        for _ in range(rng.choice((2, 20, 200, 3000))):
            box = struct.pack(">I4s", len(box) + 8, kind) + (bytes(4) if kind == b"meta" else b"") + box
            if len(box) > 100_000:
                break
        return data[:start] + box + data[stop:]
    leaves = [box for box in found if box[2] - box[0] - box[1] >= 4 and box[3] not in HOLDERS and box[3] != b"mdat"]
    if not leaves:
        return None
    start, head, stop, kind = rng.choice(leaves)
    inner = stop - start - head
    # A number in it: counts and places of tables (stsz, stco, stsc, ctts, iloc, ipma, …), sizes of pictures, references to itself.
    size = rng.choice((2, 4, 4, 8) if inner >= 8 else (2, 4))
    step = rng.choice((1, 2, 4))
    at = start + head + (min(4, inner - size) if rng.random() < 0.35 else rng.randrange(0, inner - size + 1) // step * step)
    if dice == 8 and kind in (b"dimg", b"thmb", b"auxl", b"cdsc") and inner >= 6:  # an item made of itself
        own = data[start + head : start + head + 2]
        return data[: start + head + 4] + own * ((inner - 4) // 2) + data[start + head + 4 + (inner - 4) // 2 * 2 :]
    number = int.from_bytes(data[at : at + size], "big")
    return data[:at] + edge(rng, size, number).to_bytes(size, "big") + data[at + size :]


# PNG, with checksums that are right again

def png(rng, data, edge):
    chunks, at = [], 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            break
        chunks.append([kind, data[at + 8 : at + 8 + length]])
        at += 12 + length
    if not chunks:
        return None
    index, sizes, broken = rng.randrange(len(chunks)), {}, set()
    kind, body = chunks[index]
    dice = rng.randrange(10)
    if dice <= 2:  # the header's numbers
        head = bytearray(chunks[0][1].ljust(13, b"\0"))
        field = rng.randrange(7)
        if field < 2:
            head[field * 4 : field * 4 + 4] = struct.pack(">I", rng.choice((0, 1, 2, 65535, 65536, 100_000, 0x7FFFFFFF, 0xFFFFFFFF, edge(rng, 4))))
        else:
            head[field + 6] = rng.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 255))
        chunks[0][1] = bytes(head)
    elif dice == 3:
        sizes[index] = rng.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, max(0, len(body) - 1), len(body) + 1))
    elif dice == 4:
        del chunks[index]
    elif dice == 5:
        chunks.insert(rng.randrange(len(chunks) + 1), [kind, body])
    elif dice == 6:
        rng.shuffle(chunks)
    elif dice == 7:
        chunks[index][0] = rng.choice((b"IDAT", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"zTXt", b"iTXt", b"acTL", b"fcTL", b"fdAT", b"IEND", b"CgBI", b"sBIT", b"hIST"))
    elif dice == 8 and body:
        body = bytearray(body)
        for _ in range(rng.choice((1, 1, 4, 20))):
            body[rng.randrange(len(body))] = rng.choice((0, 1, 127, 128, 255, rng.randrange(256)))
        chunks[index][1] = bytes(body)
    else:
        chunks.insert(1, [rng.choice((b"zTXt", b"iCCP", b"iTXt", b"eXIf", b"PLTE", b"tRNS", b"acTL")), rng.choice((
            b"", b"x\0\0" + zlib.compress(bytes(1 << 20)), b"x\0\0\xff\xff", b"MM\0*\0\0\0\x08" + b"\xff" * 30, bytes(768 * 2), struct.pack(">II", 0xFFFFFFFF, 0)))])
    if rng.random() < 0.1 and chunks:
        broken.add(rng.randrange(len(chunks)))
    return data[:8] + b"".join(
        struct.pack(">I", sizes.get(number, len(body))) + kind + body + struct.pack(">I", zlib.crc32(kind + body) ^ (number in broken))
        for number, (kind, body) in enumerate(chunks))


# RIFF and IFF: wav, avi, webp, aiff

def chunked(order):
    def found(data, start, end, depth=0):
        list_ = []
        while start + 8 <= end and len(list_) < 500:
            kind, size = struct.unpack_from(order + "4sI", data[:end], start)
            stop = start + 8 + size
            if stop > end:
                break
            list_.append((start, stop, kind))
            if kind in (b"RIFF", b"LIST", b"FORM") and depth < 8:
                list_ += found(data, start + 12, stop, depth + 1)
            start = stop + (size & 1)
        return list_

    def edit(rng, data, edge):
        chunks = found(data, 0, len(data)) or [(0, len(data), data[:4])] + found(data, 12, len(data))
        start, stop, kind = rng.choice(chunks)
        dice = rng.randrange(9)
        if dice <= 2:
            size = rng.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, max(0, stop - start - 9), stop - start - 7, edge(rng, 4)))
            return data[: start + 4] + struct.pack(order + "I", size & 0xFFFFFFFF) + data[start + 8 :]
        if dice == 3:
            return data[:start] + data[stop:]
        if dice == 4:
            return data[:stop] + data[start:stop] * rng.choice((1, 1, 2, 100 if stop - start < 1000 else 1)) + data[stop:]
        if dice == 5:
            return data[:start] + rng.choice((rng.choice(chunks)[2], bytes(rng.randrange(256) for _ in range(4)))) + data[start + 4 :]
        if dice == 6:
            part = data[start:stop][:300]
            for _ in range(rng.choice((3, 50, 1000))):
                part = struct.pack(order + "4sI4s", b"LIST", len(part) + 4, b"hdrl") + part
            return data[:start] + part + data[stop:]
        small = [chunk for chunk in chunks if 8 < chunk[1] - chunk[0] < 400] or chunks
        start, stop, kind = rng.choice(small)
        size = rng.choice((1, 2, 4))
        if stop - start < 8 + size:
            return None
        at = rng.randrange(start + 8, stop - size + 1)
        way = "little" if order == "<" else "big"
        return data[:at] + edge(rng, size, int.from_bytes(data[at : at + size], way)).to_bytes(size, way) + data[at + size :]
    return edit


# EBML: Matroska, WebM

MASTERS = {0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0x1F43B675, 0xA0, 0x114D9B74, 0x4DBB, 0x1C53BB6B, 0xBB, 0xB7, 0x1254C367, 0x7373, 0x67C8, 0x6D80, 0x6240}


def vint(data, at, keeps):
    """A number of variable length: its value, its length; None where there is none."""
    if at >= len(data) or data[at] == 0:
        return None
    length = 9 - data[at].bit_length()
    if at + length > len(data):
        return None
    value = int.from_bytes(data[at : at + length], "big")
    return (value if keeps else value & ((1 << 7 * length) - 1)), length


def elements(data, start, end, depth=0):
    found = []
    while start < end and len(found) < 2000:
        name = vint(data, start, True)
        size = name and vint(data, start + name[1], False)
        if not size:
            break
        body = start + name[1] + size[1]
        unknown = size[0] == (1 << 7 * size[1]) - 1
        stop = end if unknown else min(end, body + size[0])
        found.append((start, name[1], size[1], body, stop))
        if name[0] in MASTERS and depth < 10:
            found += elements(data, body, stop, depth + 1)
        start = stop
    return found


def ebml(rng, data, edge):
    found = elements(data, 0, len(data))
    if not found:
        return None
    start, named, sized, body, stop = rng.choice(found)
    dice = rng.randrange(9)
    if dice <= 2:
        most = (1 << 7 * sized) - 1
        size = rng.choice((0, 1, most, most - 1, most >> 1, max(0, stop - body - 1), min(most, stop - body + 1)))
        return data[: start + named] + ((1 << 7 * sized) | size).to_bytes(sized, "big") + data[body:]
    if dice == 3:
        size = rng.choice((0, 1 << 32, (1 << 56) - 2, (1 << 56) - 1, stop - body))
        return data[: start + named] + ((1 << 56) | size).to_bytes(8, "big") + data[body:]
    if dice == 4:
        return data[:start] + data[stop:] if rng.random() < 0.5 else data[:stop] + data[start:stop] + data[stop:]
    if dice == 5:
        a = rng.choice(found)
        return data[:start] + data[a[0] : a[0] + a[1]] + data[start + named :]
    if dice == 6:  # inside itself, deep
        part, name = data[start:stop][:200], data[start : start + named]
        for _ in range(rng.choice((2, 30, 2000))):
            part = name + ((1 << 28) | len(part)).to_bytes(4, "big") + part
        return data[:start] + part[:200_000] + data[stop:]
    leaves = [one for one in found if 0 < one[4] - one[3] <= 16] or found
    start, named, sized, body, stop = rng.choice(leaves)
    if stop == body:
        return None
    size = min(stop - body, 8)
    value = rng.choice((bytes(size), b"\xff" * size, b"\x7f" + b"\xff" * (size - 1), rng.randbytes(size), b"\x80" + bytes(size - 1)))
    return data[:body] + value + data[body + size :]


# JPEG, GIF, TIFF, Ogg, ID3 and FLAC, MPEG transport streams

def jpeg(rng, data, edge):
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        stop = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        found.append((at, stop))
        at = stop
    found = [one for one in found if one[1] <= len(data)]
    if not found:
        return None
    start, stop = rng.choice(found)
    dice = rng.randrange(8)
    if dice <= 1:
        return data[: start + 2] + struct.pack(">H", rng.choice((0, 1, 2, 3, 65535, edge(rng, 2, stop - start - 2)))) + data[start + 4 :]
    if dice == 2:
        return data[: start + 1] + bytes([rng.randrange(0xC0, 0x100)]) + data[start + 2 :]
    if dice == 3:
        return data[:start] + data[stop:] if rng.random() < 0.4 else data[:stop] + data[start:stop] * rng.choice((1, 4, 300)) + data[stop:]
    if dice == 4:  # many scans
        scan = data.find(b"\xff\xda")
        return data[:-2] + data[scan:-2] * rng.choice((1, 5, 40)) + data[-2:] if scan > 0 else None
    if stop - start <= 4:
        return None
    at = rng.randrange(start + 4, stop)
    return data[:at] + bytes([edge(rng, 1, data[at])]) + data[at + 1 :]


def gif(rng, data, edge):
    dice = rng.randrange(5)
    at = rng.choice((6, 8, 10, 11, 12))
    if dice == 0:
        return data[:at] + edge(rng, 2).to_bytes(2, "little") + data[at + 2 :]
    marks = [index for index in range(13, len(data) - 10) if data[index] in (0x2C, 0x21)]
    if not marks:
        return None
    at = rng.choice(marks)
    if dice == 1:
        return data[: at + 1] + b"".join(edge(rng, 2).to_bytes(2, "little") for _ in range(4)) + data[at + 9 :]
    if dice == 2:
        return data[:at] + data[at : at + 200] * rng.choice((2, 20, 300)) + data[at:]
    at += rng.randrange(10)
    return data[:at] + bytes([edge(rng, 1)]) + data[at + 1 :]


def tiff(rng, data, edge):
    order = "little" if data[:2] == b"II" else "big"
    at = int.from_bytes(data[4:8], order)
    if at + 2 > len(data):
        return None
    count = int.from_bytes(data[at : at + 2], order)
    entries = [at + 2 + 12 * index for index in range(min(count, 200)) if at + 14 + 12 * index <= len(data)]
    if not entries:
        return None
    def put(place, size, value):
        return data[:place] + (value & ((1 << 8 * size) - 1)).to_bytes(size, order) + data[place + size :]
    entry, dice = rng.choice(entries), rng.randrange(9)
    if dice == 0:
        return put(at, 2, edge(rng, 2, count))
    if dice == 1:
        return put(entry, 2, rng.choice((254, 256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 317, 320, 322, 324, 330, 338, 347, 34665, 34675, edge(rng, 2))))
    if dice == 2:
        return put(entry + 2, 2, rng.randrange(0, 20))
    if dice in (3, 4):
        return put(entry + 4, 4, edge(rng, 4, int.from_bytes(data[entry + 4 : entry + 8], order)))
    if dice == 5:  # the next directory is this one, or out of the file
        return put(at + 2 + 12 * count, 4, rng.choice((at, 8, 0xFFFFFFFF, len(data), len(data) - 1))) if at + 6 + 12 * count <= len(data) else None
    if dice == 6:
        return put(4, 4, rng.choice((0, 4, len(data) - 1, len(data), 0xFFFFFFFF)))
    return put(entry + 8, 4, rng.choice((at, 0, len(data), len(data) - 1, edge(rng, 4, int.from_bytes(data[entry + 8 : entry + 12], order)))))


def ogg_sum(page):
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if value & 0x80000000 else value << 1
    return value


def ogg(rng, data, edge):
    pages = [index for index in range(len(data) - 27) if data[index : index + 4] == b"OggS"]
    if not pages:
        return None
    index = rng.randrange(len(pages))
    start, stop = pages[index], (pages + [len(data)])[index + 1]
    page, dice = bytearray(data[start:stop][:4096]), rng.randrange(7)
    if dice == 0:
        page[6:14] = edge(rng, 8).to_bytes(8, "little")
    elif dice == 1:
        page[rng.choice((4, 5, 14, 18, 26))] = edge(rng, 1)
    elif dice == 2:
        return data[:start] + data[stop:]
    elif dice == 3:
        return data[:stop] + data[start:stop] * rng.choice((1, 30)) + data[stop:]
    else:
        at = rng.randrange(27, len(page)) if len(page) > 27 else 5
        page[at] = edge(rng, 1, page[at])
    page[22:26] = bytes(4)
    page[22:26] = ogg_sum(page).to_bytes(4, "little")
    return data[:start] + bytes(page) + data[start + len(page) :]


def tagged(rng, data, edge):
    if data[:3] == b"ID3":
        at = rng.choice((3, 4, 5, 6, 7, 8, 9, 14, 15, 16, 17, rng.randrange(10, min(len(data), 120))))
        return data[:at] + bytes([rng.choice((0, 0x7F, 0x80, 0xFF, rng.randrange(256)))]) + data[at + 1 :]
    if rng.random() < 0.3:
        size = rng.choice((0, 1, 10_000, (1 << 28) - 1))
        head = b"ID3\x04\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
        frame = rng.choice((b"APIC", b"TIT2", b"CHAP", b"GEOB", b"PRIV")) + edge(rng, 4).to_bytes(4, "big") + b"\0\0" + rng.randbytes(30)
        return head + frame + data
    at, size = 4, rng.choice((1, 3, 4))
    while data[:4] == b"fLaC" and at + 4 < len(data) and rng.random() < 0.6 and not data[at] & 0x80:
        at += 4 + int.from_bytes(data[at + 1 : at + 4], "big")
    at = min(at + rng.randrange(0, 24), max(0, len(data) - size))
    return data[:at] + rng.choice((bytes(size), b"\xff" * size, rng.randbytes(size))) + data[at + size :]


def stream(rng, data, edge):
    packets = len(data) // 188
    if not packets:
        return None
    start = rng.randrange(packets) * 188
    dice = rng.randrange(5)
    if dice == 0:
        other = rng.randrange(packets) * 188
        return data[:start] + data[other : other + 188] + data[start + 188 :]
    if dice == 1:
        return data[:start] + data[start + 188 :] if packets > 1 else None
    at = start + (rng.randrange(1, 24) if dice < 4 else rng.randrange(188))
    return data[:at] + bytes([edge(rng, 1, data[at])]) + data[at + 1 :] if at < len(data) else None


def editor(data):
    """What edits such a file, or None where its parts are not known."""
    if data[4:8] in (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"styp", b"skip"):
        return iso
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return png
    if data[:4] in (b"RIFF", b"RF64"):
        return chunked("<")
    if data[:4] == b"FORM":
        return chunked(">")
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return ebml
    if data[:3] == b"\xff\xd8\xff":
        return jpeg
    if data[:4] == b"GIF8":
        return gif
    if data[:4] in (b"II*\0", b"MM\0*"):
        return tiff
    if data[:4] == b"OggS":
        return ogg
    if data[:3] == b"ID3" or data[:4] == b"fLaC" or data[:2] in (b"\xff\xfb", b"\xff\xf1", b"\xff\xf9"):
        return tagged
    if data[:1] == b"\x47" and len(data) >= 188 * 3 and data[188:189] == b"\x47":
        return stream
    return None
