# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what check-hand-over.sh wrote as other programs do: python check-hand-over.py FOLDER."""

import os
import sys
import urllib.parse

import opentimelineio as otio
import pyJianYingDraft

folder = sys.argv[1]

# OpenTimelineIO: timings, transitions, retimes, markers, files.
timeline = otio.adapters.read_from_file(os.path.join(folder, "film.otio"))
assert timeline.duration() == otio.opentime.RationalTime(192, 30), timeline.duration()
video = timeline.tracks[0]
spans = [
    (clip.name, video.range_of_child(clip).start_time.value, video.range_of_child(clip).duration.value)
    for clip in video
    if isinstance(clip, otio.schema.Clip)
]
assert spans == [("p1", 0, 81), ("c", 81, 51), ("p2", 132, 60)], spans
joins = [item for item in video if isinstance(item, otio.schema.Transition)]
assert [(join.in_offset.value, join.out_offset.value) for join in joins] == [(9, 9)], joins
assert joins[0].transition_type == otio.schema.TransitionTypes.SMPTE_Dissolve
clip = video[2]
assert [effect.time_scalar for effect in clip.effects] == [2.0]
assert clip.source_range.start_time.value == 48, clip.source_range
markers = [(marker.name, marker.marked_range.start_time.value) for marker in timeline.tracks.markers]
assert markers == [("Hello", 15), ("秋天", 90)], markers
for clip in timeline.find_clips():
    url = clip.media_reference.target_url
    assert os.path.exists(os.path.join(folder, urllib.parse.unquote(url))), url
again = otio.adapters.read_from_string(otio.adapters.write_to_string(timeline, "otio_json"), "otio_json")
assert again.is_equivalent_to(timeline)

# CapCut and JianYing.
drafts = pyJianYingDraft.DraftFolder(folder)
script = drafts.load_template("film")
assert (script.duration, script.width, script.height, script.fps) == (6_400_000, 320, 180, 30), script.duration
tracks = {track.name: track for track in script.imported_tracks}
spans = [(s.target_timerange.start, s.target_timerange.duration) for s in tracks["Video"].segments]
assert spans == [(0, 2_700_000), (2_700_000, 1_700_000), (4_400_000, 2_000_000)], spans
assert len(tracks["Texts"].segments) == 2 and len(tracks["Music"].segments) == 1
script.replace_text(tracks["Texts"], 0, "Hallo")
script.dumps()
for kind in ("videos", "audios"):
    for material in script.imported_materials[kind]:
        path = material["path"].split("##/", 1)[1]
        assert os.path.exists(os.path.join(folder, "film", path)), path
