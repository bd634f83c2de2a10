# SPDX-License-Identifier: GPL-3.0-or-later
"""Small valid files of every container and coding that is taken, made by ffmpeg; what this ffmpeg cannot make is left out and said."""
import os, struct, subprocess, zlib

PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=0.8"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=22050:duration=0.8"]
BOTH = PICTURE + SOUND
ONE = ["-f", "lavfi", "-i", "testsrc2=size=48x32", "-frames:v", "1"]
TAGS = ["-metadata", "title=A film", "-metadata", "artist=Nobody", "-metadata", "creation_time=2024-05-06T07:08:09Z"]
COMMANDS = {
    # mp4, mov and their kin
    "h264-aac.mp4": BOTH + TAGS + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    "hevc.mp4": PICTURE + ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1"],
    "mpeg4-mp3.mp4": BOTH + ["-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "av1.mp4": PICTURE + ["-c:v", "libaom-av1", "-cpu-used", "8"],
    "vp9-opus.mp4": BOTH + ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus", "-ar", "48000", "-strict", "-2"],
    "fast.mp4": BOTH + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"],
    "pieces.mp4": BOTH + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "4", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof"],
    "turned.mov": PICTURE + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-metadata:s:v:0", "rotate=90"],
    "prores-pcm.mov": BOTH + ["-c:v", "prores_ks", "-c:a", "pcm_s16le"],
    "mjpeg.mov": BOTH + ["-c:v", "mjpeg", "-c:a", "pcm_s16be"],
    "qtrle.mov": PICTURE + ["-c:v", "qtrle"],
    "png.mov": PICTURE + ["-c:v", "png"],
    "raw.mov": PICTURE + ["-frames:v", "2", "-c:v", "rawvideo", "-pix_fmt", "yuv422p"],
    "chapters.m4a": SOUND + TAGS + ["-c:a", "aac"],
    "alac.m4a": SOUND + ["-c:a", "alac"],
    "h264.3gp": PICTURE + ["-c:v", "libx264", "-pix_fmt", "yuv420p"],
    # Matroska
    "h264-opus.mkv": BOTH + TAGS + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-ar", "48000"],
    "ffv1-flac.mkv": BOTH + ["-c:v", "ffv1", "-c:a", "flac"],
    "mpeg2-ac3.mkv": BOTH + ["-c:v", "mpeg2video", "-c:a", "ac3"],
    "huffyuv-pcm.mkv": BOTH + ["-frames:v", "3", "-c:v", "huffyuv", "-c:a", "pcm_s24le"],
    "theora-vorbis.mkv": BOTH + ["-c:v", "libtheora", "-c:a", "libvorbis", "-ar", "44100"],
    "wmv.mkv": PICTURE + ["-c:v", "wmv2"],
    "vp8-vorbis.webm": BOTH + ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis", "-ar", "44100"],
    "vp9-opus.webm": BOTH + ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus", "-ar", "48000"],
    "sound.webm": SOUND + ["-c:a", "libopus", "-ar", "48000"],
    # RIFF and streams
    "mpeg4-mp3.avi": BOTH + TAGS + ["-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "mjpeg-pcm.avi": BOTH + ["-c:v", "mjpeg", "-c:a", "pcm_s16le"],
    "cinepak.avi": PICTURE + ["-frames:v", "2", "-c:v", "cinepak"],
    "h264-aac.ts": BOTH + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    "mpeg2-mp2.ts": BOTH + ["-c:v", "mpeg2video", "-c:a", "mp2"],
    # sound
    "plain.mp3": SOUND + TAGS + ["-c:a", "libmp3lame"],
    "plain.wav": SOUND + TAGS + ["-c:a", "pcm_s16le"],
    "float.wav": SOUND + ["-c:a", "pcm_f32le"],
    "adpcm.wav": SOUND + ["-c:a", "adpcm_ima_wav"],
    "plain.flac": SOUND + TAGS + ["-c:a", "flac"],
    "vorbis.ogg": SOUND + TAGS + ["-c:a", "libvorbis", "-ar", "44100"],
    "opus.ogg": SOUND + ["-c:a", "libopus", "-ar", "48000"],
    "flac.ogg": SOUND + ["-c:a", "flac"],
    "theora.ogg": PICTURE + ["-c:v", "libtheora"],
    "adts.aac": SOUND + ["-c:a", "aac"],
    "plain.aiff": SOUND + TAGS + ["-c:a", "pcm_s16be"],
    "plain.caf": SOUND + ["-c:a", "pcm_s16le"],
    # pictures
    "rgb.png": ONE + ["-pix_fmt", "rgb24"],
    "rgba.png": ONE + ["-pix_fmt", "rgba"],
    "grey16.png": ONE + ["-pix_fmt", "gray16be"],
    "palette.png": ONE + ["-pix_fmt", "pal8"],
    "bits.png": ONE + ["-pix_fmt", "monob"],
    "laced.png": ONE + ["-pix_fmt", "rgb24", "-pred", "mixed", "-flags", "+ilme"],
    "moving.png": PICTURE + ["-frames:v", "3", "-f", "apng"],
    "plain.jpg": ONE + TAGS + ["-q:v", "4", "-pix_fmt", "yuvj420p"],
    "full.jpg": ONE + ["-q:v", "2", "-pix_fmt", "yuvj444p"],
    "grey.jpg": ONE + ["-q:v", "4", "-pix_fmt", "gray"],
    "lossy.webp": ONE + ["-c:v", "libwebp"],
    "lossless.webp": ONE + ["-c:v", "libwebp", "-lossless", "1", "-pix_fmt", "bgra"],
    "moving.webp": PICTURE + ["-frames:v", "3", "-c:v", "libwebp_anim"],
    "still.gif": ONE,
    "moving.gif": PICTURE + ["-frames:v", "4"],
    "packed.tiff": ONE + ["-compression_algo", "packbits", "-pix_fmt", "rgb24"],
    "lzw.tiff": ONE + ["-compression_algo", "lzw", "-pix_fmt", "rgb48le"],
    "deflate.tiff": ONE + ["-compression_algo", "deflate", "-pix_fmt", "gray"],
    "raw.tiff": ONE + ["-compression_algo", "raw", "-pix_fmt", "pal8"],
    "plain.bmp": ONE + ["-pix_fmt", "bgr24"],
    "alpha.bmp": ONE + ["-pix_fmt", "bgra"],
    "palette.bmp": ONE + ["-pix_fmt", "pal8"],
    "bits.bmp": ONE + ["-pix_fmt", "monob"],
    "high.bmp": ONE + ["-pix_fmt", "rgb565le"],
}
# Made without ffmpeg, so that some sample is there everywhere.
TEXTS = {
    "script.txt": "A day by the sea.\nThen the rain came. ".encode() * 3,
    "titles.srt": b"1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nthere\r\n",
    "titles.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.500\nHello\n\n00:03.000 --> 00:04.000\nthere\n",
    "wide.txt": "一天 \u202eback\u202c e\u0301\u0301\u0301 \U0001F3D6".encode(),
    "utf16.txt": "A script that came from afar".encode("utf-16"),
}


def make(folder, names=None, say=lambda words: None):
    """Paths of the files below `folder`, made where they are not there yet."""
    os.makedirs(folder, exist_ok=True)
    made = []
    for name in COMMANDS if names is None else [name for name in COMMANDS if name in names]:
        place = os.path.join(folder, name)
        if not os.path.exists(place):
            part = os.path.join(folder, "part." + name)
            words = ["ffmpeg", "-v", "error", "-nostdin", "-y", *COMMANDS[name], "-fflags", "+bitexact", "-threads", "1", part]
            done = subprocess.run(words, capture_output=True, text=True)
            if done.returncode or not os.path.exists(part) or os.path.getsize(part) == 0:
                say(f"not made: {name}: {done.stderr.strip().splitlines()[-1:]}")
                continue
            os.replace(part, place)
        made.append(place)
    made += stills(folder, say)
    for name, content in [*TEXTS.items(), ("own.png", png()), ("own.wav", wav())]:
        place = os.path.join(folder, name)
        with open(place, "wb") as file:
            file.write(content)
        made.append(place)
    return made


def stills(folder, say):
    """What libheif makes: one picture of either coding."""
    made, source = [], os.path.join(folder, "part.png")
    with open(source, "wb") as file:
        file.write(png(64, 48))
    for name, words in (("plain.heic", ["-q", "40"]), ("plain.avif", ["-A", "-q", "40"])):
        place = os.path.join(folder, name)
        try:
            if not os.path.exists(place):
                subprocess.run(["heif-enc", *words, source, "-o", place], check=True, capture_output=True)
            made.append(place)
        except (OSError, subprocess.CalledProcessError) as error:
            say(f"not made: {name}: {error}")
    return made


def png(width=24, height=16):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * 9 + y * channel) % 256 for x in range(width) for channel in (1, 5, 11)) for y in range(height))
    texts = chunk(b"tEXt", b"Comment\0made for a test") + chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + texts + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav(count=4000):
    samples = b"".join(struct.pack("<h", (index * 311) % 20000 - 10000) for index in range(count))
    return b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"data" + struct.pack("<I", len(samples)) + samples
