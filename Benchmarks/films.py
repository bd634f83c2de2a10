# SPDX-License-Identifier: GPL-3.0-or-later
"""The films that are measured: their media, and the drafts that describe them."""
import copy, glob, json, os, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SHARED = os.path.join(os.path.dirname(ROOT), "shared", "bench", "inputs")
WALLPAPERS = ["seeding_by_Clements_Engelhardt", "life_by_Aitzol_Berasategi", "aitzgorri_by_Aitzol_Berasategi", "picosdeeuropa_by_Aitzol_Berasategi",
              "friends_by_Aitzol_Berasategi", "sunset_by_Aitzol_Berasategi", "Dragonfly_by_Bolly", "Bridge_by_Sander_Klootwijk",
              "Wine_by_Jakkub_Mede", "Picture_1A_by_freespace"]


def photos(work):
    """Ten 12-megapixel photographs: those of the design where they are, else from Debian's lomiri-wallpapers-16.04."""
    found = sorted(glob.glob(os.path.join(SHARED, "p*.jpg")))
    if len(found) == 10:
        return found
    made = []
    for i, name in enumerate(WALLPAPERS):
        source, target = f"/usr/share/backgrounds/{name}.jpg", os.path.join(work, f"p{i + 1:02d}.jpg")
        if not os.path.exists(source):
            raise SystemExit(f"{source} is missing: apt-get install lomiri-wallpapers-16.04")
        if not os.path.exists(target):
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, "-vf",
                            "scale=4000:3000:force_original_aspect_ratio=increase,crop=4000:3000", "-q:v", "3", target], check=True)
        made.append(target)
    return made


def hundred(work, ten):
    """A hundred different photographs: ten each of the ten, cropped and recoloured."""
    folder = os.path.join(work, "hundred")
    os.makedirs(folder, exist_ok=True)
    made = []
    for i in range(100):
        target = os.path.join(folder, f"h{i:02d}.jpg")
        if not os.path.exists(target):
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-noautorotate", "-i", ten[i % 10], "-vf",
                            f"hue=h={i * 7},crop=iw-{i // 10 * 40}:ih-{i // 10 * 30}", "-q:v", "3", "-map_metadata", "-1", target], check=True)
        made.append(target)
    return made


def music(work):
    song = os.path.join(SHARED, "music.mp3")
    if os.path.exists(song):
        return song
    target = os.path.join(work, "music.mp3")
    if not os.path.exists(target):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "anoisesrc=c=pink:a=0.2:d=60,tremolo=f=2:d=0.7", "-b:a", "192k", target], check=True)
    return target


def headline(files, song, title="Summer in the Hills", frames_each=108, overlap=20, size=(1920, 1080), total=None):
    """The headline film: every photo `frames_each` frames, crossfades of `overlap`, zoom 1 → 1.15, a title, music, at 30 frames/s."""
    ms = lambda frame: round(frame * 1000 / 30)
    assets, segments, start = {}, [], 0
    count = len(files)
    length = total or count * (frames_each - overlap) + overlap
    spare = length - (count * (frames_each - overlap) + overlap)
    for i, path in enumerate(files):
        frames = frames_each + spare // count + (1 if i < spare % count else 0)
        assets[f"p{i}"] = {"name": os.path.basename(path), "path": path, "kind": "image"}
        segment = {"id": f"s{i}", "s": ms(start), "d": ms(start + frames) - ms(start), "mt": "image", "src": f"p{i}",
                   "motion": {"type": "zoom-in", "amount": 0.15}, "m": {"name": os.path.basename(path)}}
        if i + 1 < count:
            segment["tr"] = {"type": "crossfade", "d": ms(start + frames) - ms(start + frames - overlap)}
        segments.append(segment)
        start += frames - overlap
    end = segments[-1]["s"] + segments[-1]["d"]
    assets["song"] = {"name": "music.mp3", "path": song, "kind": "audio"}
    return {"v": 1, "assets": assets, "m": {"title": title, "width": size[0], "height": size[1], "fps": 30}, "t": [
        {"id": "v1", "tt": 0, "m": {"name": "Video"}, "sg": segments},
        {"id": "a1", "tt": 1, "m": {"name": "Music"}, "sg": [{"id": "m1", "s": 0, "d": end, "src": "song", "role": "music", "vol": 1, "loop": True,
                                                             "fi": 1000, "fo": 2000, "m": {"name": "music.mp3"}}]},
        {"id": "x1", "tt": 7, "m": {"name": "Titles"}, "sg": [{"id": "t1", "s": 0, "d": 3000, "text": title, "role": "title", "pos": "lower-third",
                                                               "in": {"type": "fade", "d": 400}, "out": {"type": "fade", "d": 400}, "m": {"name": title}}]}]}


def retitled(draft, title):
    draft = copy.deepcopy(draft)
    draft["t"][2]["sg"][0]["text"] = title
    return draft


def with_photo(draft, index, path):
    draft = copy.deepcopy(draft)
    draft["assets"][f"p{index}"]["path"] = path
    return draft


def write(draft, path):
    with open(path, "w") as f:
        json.dump(draft, f)
    return path
