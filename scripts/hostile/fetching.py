# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed media of other projects' tests: from Debian's sources and PyPI, pinned by SHA-256, kept beside the build, never committed."""
import hashlib, os, shutil, subprocess, sys, tarfile

# Debian source package → its upstream archive. The archive's name outlives Debian's own revisions of the package.
DEBIAN = {
    "libheif": ("libheif_1.15.1.orig.tar.gz", "28d5a376fe7954d2d03453f983aaa0b7486f475c27c7806bda31df9102325556"),
    "gdk-pixbuf": ("gdk-pixbuf_2.42.10+dfsg.orig.tar.xz", "46663e445468e92f4a0ca876b02aed4f8758595ee3acfaa6ef3ba2b29e1c1930"),
    "exiv2": ("exiv2_0.27.6.orig.tar.gz", "f16ee5ff08b6994c66106109417857f13e711fca100ac43c6a403d4f02b59602"),
    "libpng1.6": ("libpng1.6_1.6.39.orig.tar.gz", "a00e9d2f2f664186e4202db9299397f851aea71b36a35e74910b8820e380d441"),
    "pillow": ("pillow_9.4.0.orig.tar.xz", "0a58ccfbd002838b32e21773bfdaa954a2de08d1f04b87b63d14e751fec3264d"),
    "vips": ("vips_8.14.1.orig.tar.gz", "a4a6b282216f7522b42ebb5cd64cfd82a0d1a632033e9c0502f021e945fed641"),
    "tiff": ("tiff_4.5.0.orig.tar.bz2", "638f43d7dea33948d5dee7f39572fc0194d9cc3c74195de9dd26a4388a1f880a"),
    "taglib": ("taglib_1.13.orig.tar.gz", "58f08b4db3dc31ed152c04896ee9172d22052bc7ef12888028c01d8b1d60ade0"),
    "libexif": ("libexif_0.6.24.orig.tar.gz", "d3fb7c47829ec4d2def39aa38f4c35a0891763448a05dbf216a329a12bf198f9"),
}
PYPI = {
    "pillow==13.0.0": "cdcd1ba258178f7356d74170c9a81ba4eab6a5d55748bc402a5a2a6fe6be3510",
    "pillow-heif==1.8.1": "521ebffb8a181d56c3904e5a61f20903edee0d9d3275967b8fb345f866215c06",
    "hachoir==3.4.0": "7f88018d58ef42b5dcd8ff51f2a6191abf3ade38eee8da11acd93f5a7d9cf8f8",
    "mutagen==1.48.1": "8f95637ab9f6f305cec6bd1294e197debe207998e3e068596563c74f86b0a173",
}
# What programs are made of is no media; all else in the archives is tried.
PROGRAMS = set("""py pyi pyx pxd c h cc cpp hpp cxx hxx cs java js ts sh bash pl rb rs go am ac in m4 cmake mak mk make build meson po pot rst md
    html css svg svgz xml json yml yaml toml cfg ini conf lock 1 3 5 dtd map def rc vcxproj sln gmo texi texinfo tex bat ps1 vers sym patch diff
    out types mo ui desktop gir vapi plist podspec gradle properties bazel bzl flake8 gitignore gitattributes key pem asc sig""".split())
LARGEST = 8 << 20


def fetch(folder, say=lambda words: print(words, file=sys.stderr)):
    """Files of the corpora, as paths below `folder`, which keeps what was had before. What cannot be had is said and left out."""
    archives = os.path.join(folder, "archives")
    os.makedirs(archives, exist_ok=True)
    found, missing = [], []
    debian(folder, archives, say)
    pypi(archives, say)
    for name, digest in [DEBIAN[package] for package in DEBIAN] + [(name, PYPI[name]) for name in PYPI]:
        place = next((place for place in listed(archives) if sha256(place) == digest), None)
        if place is None:
            missing.append(name)
            say(f"not to be had: {name} of SHA-256 {digest}")
        else:
            found += unpack(place, os.path.join(folder, "files", digest[:12]))
    return found, missing


def debian(folder, archives, say):
    """`apt-get source` with lists of its own: the machine's are left alone."""
    wanted = [package for package, (name, digest) in DEBIAN.items() if not os.path.exists(os.path.join(archives, name))]
    if not wanted:
        return
    for part in ("lists/partial", "cache/archives/partial"):
        os.makedirs(os.path.join(folder, "apt", part), exist_ok=True)
    sources = os.path.join(folder, "apt", "sources.list")
    with open(sources, "w") as file:
        file.write("deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n")
    own = [word for name, value in (("Dir::Etc::sourcelist", sources), ("Dir::Etc::sourceparts", "/dev/null"),
                                    ("Dir::State::lists", os.path.join(folder, "apt", "lists")), ("Dir::Cache", os.path.join(folder, "apt", "cache")),
                                    ("APT::Sandbox::User", "root")) for word in ("-o", f"{name}={value}")]
    run(["apt-get", *own, "-qq", "update"], archives, say)
    for package in wanted:
        run(["apt-get", *own, "-qq", "source", "--download-only", package], archives, say)


def pypi(archives, say):
    """`pip download` of source archives whose hashes are those."""
    for pinned, digest in PYPI.items():
        if any(sha256(place) == digest for place in listed(archives) if place.endswith(".tar.gz")):
            continue
        list_ = os.path.join(archives, "pinned.txt")
        with open(list_, "w") as file:
            file.write(f"{pinned} --hash=sha256:{digest}\n")
        run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", pinned.split("==")[0], "--require-hashes", "-r", list_, "-d", archives], archives, say)


def run(words, folder, say):
    try:
        done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        if done.returncode:
            say(f"{' '.join(words[:1] + words[-2:])}: {done.stderr.strip().splitlines()[-1:]}")
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"{words[0]}: {error}")


def unpack(archive, folder):
    """Writes what may be media under names of our own; paths in the archive decide nothing."""
    done = os.path.join(folder, ".done")
    if not os.path.exists(done):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with tarfile.open(archive) as tar:
            for member in tar:
                name = os.path.basename(member.name)
                ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
                if not member.isreg() or not 0 < member.size <= LARGEST or ending in PROGRAMS or (not ending and "/fuzz" not in member.name):
                    continue
                content = tar.extractfile(member).read()
                ending = "".join(letter for letter in ending if letter.isalnum())[:8] or "bin"
                with open(os.path.join(folder, f"{hashlib.sha256(content).hexdigest()[:20]}.{ending}"), "wb") as file:
                    file.write(content)
        open(done, "w").close()
    return [place for place in listed(folder) if not place.endswith(".done")]


def listed(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder))


def sha256(place):
    if not os.path.isfile(place):
        return ""
    with open(place, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
