// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// The words of the program, a catalogue a language.
enum Words {}

extension Words {
    static let english = Catalogue(
        .english,
        [
            "kinora": "Photos, clips, music and a sentence in; a finished film out",

            "make": "Make a film from photos, clips and a song",
            "make about":
                "Inputs are files, folders and globs: photos, clips, one song, and a script (txt, srt) whose sentences become captions. What a file is, its content decides, not its name. Without --output the film is named after the first folder or the title and never overwrites anything.",
            "make INPUT": "Photos, clips, a song, a script; files, folders or globs",
            "make --output": "The film's file; replaced only once the film is complete",
            "make --output default": "named after the first folder or the title",
            "make --draft-out": "Also write the edit, for 'kinora render' and for changing by hand",
            "make --strict": "Make nothing unless every file can be used",
            "make --say": "What you want, in your own words; other options go over it",
            "make --order": "Order of the pictures",
            "make --duration": "Length of the film, met to the millisecond",
            "make --duration default": "from the music, or 3 seconds a photo",
            "make --per-photo": "How long each photo stays, from cut to cut",
            "make --transition": "How one picture goes over into the next",
            "make --transition default": "crossfade",
            "make --transition-time": "Length of a transition",
            "make --motion": "How photos move; auto alternates",
            "make --motion default": "auto",
            "make --title": "Words over the opening picture",
            "make --all": "Use every photo, also where there are more than 40",
            "make --preset": "Platform the film is for: its size, length and safe area",
            "make --canvas": "Size of the picture",
            "make --canvas default": "the shape that most photos have",
            "make --aspect": "Shape of the picture, its short side 1080",
            "make --fps": "Frames a second",
            "make --fps default": "30, or as the clips have",
            "make --fit": "How a picture fills the canvas",
            "make --fit default": "chosen for each photo",
            "make --grade": "A look for all pictures",
            "make --music-volume": "Loudness of the music: 1 or 100% is full",
            "make --beat-sync": "Cut on the beats of the song",

            "chat": "Make a film by talking, in the terminal",
            "chat about":
                "Files named are taken in first. Say what you want in your own words; the film is kept between runs. With KINORA_LLM_URL and KINORA_LLM_MODEL set, a language model helps.",
            "chat FILE": "Photos, clips, songs, scripts; files or folders",
            "chat --new": "Begin a new film instead of going on with the last",
            "chat --data": "Where films and their media are kept",
            "chat --data default": "KINORA_DATA, or kinora in the user's data folder",
            "chat example new": "Photos and a song, then say what you want",
            "chat example on": "Go on with the last film",
            "chat project": "Film",
            "chat welcome": "Tell me what to make. Add files with /add PATH; /help shows what else there is.",
            "chat ready": "{count} {count|file is|files are} here. What shall I make of {count|it|them}?",
            "chat welcome back":
                "Going on with your film ({count} {count|file|files}). /new begins another on the next run with --new.",
            "chat added": "Added {count} {count|file|files}.",
            "chat undo words": "undo",
            "chat redo words": "redo",
            "chat no film": "There is no film yet: say what to make first.",
            "chat unknown": "There is no {command}; /help shows what there is.",
            "chat help":
                "Say what you want: “make a 15 second video with music”, “swap the first two”, “warmer”.\n/add PATH…  take files in\n/timeline   draw the film\n/undo /redo\n/export [NAME.mp4]\n/quit",
            "environment KINORA_LLM_URL":
                "An OpenAI-compatible server whose model helps the director in chat and serve.",
            "environment KINORA_LLM_MODEL": "The model's name there.",
            "environment KINORA_LLM_KEY": "Its key, if it wants one.",

            "render": "Render a draft file into a film",
            "render about":
                "With an output ending in .y4m the uncompressed frames are written instead, without sound, for measuring encoders.",
            "DRAFT": "The draft file, as 'kinora make --draft-out' writes it",
            "render --output": "The film's file; replaced only once the film is complete",

            "frame": "Draw one exact frame of a draft",
            "frame SECONDS": "When in the film",
            "frame --output": "The picture's file, .png, .jpg or .webp",

            "probe": "Tell what files are and what is known of them",
            "probe FILE": "Files or folders",
            "probe --json": "As JSON lines",

            "cache": "Show what is kept to render faster, or clear it",
            "cache --clear": "Remove all of it",

            "doctor": "Check this machine: libraries, encoders, fonts, sounds",
            "doctor --json": "As JSON",

            "music": "Compose and play a piece of music",
            "music STYLE":
                "A style: lofi, pop, cinematic, acoustic, piano, corporate, hip-hop, electronic, ambient, jazz, rock, …",
            "music --seconds": "How long it is; it ends there",
            "music --seed": "Another number, another piece",
            "music --bpm": "Beats a minute",
            "music --bpm default": "what suits the style and fills the length",
            "music --mood": "Words for the mood: happy, calm, sad, dramatic, …",
            "music --output": "The sound file, .wav",
            "music --midi": "Write the notes too, as a MIDI file",
            "music example one": "Half a minute of lo-fi",
            "music example midi": "At a tempo, with its notes",
            "music no style": "There is no style called {name}. These there are: {styles}",
            "music done": "{style} in {key}, {tempo} beats a minute, {bars} bars, {length}",
            "demo": "Make a film from sample photographs with music",
            "demo --output": "The film's file",
            "demo --output default": "kinora-demo.mp4 in this folder",

            "serve": "Run the studio as a server on this machine",
            "serve about":
                "It speaks the API that photo-to-video skills use. Projects, media and tokens lie in the data folder, which one process owns at a time. Only programs and pages of this machine may use it unless you say otherwise. Ctrl-C ends it; what was begun is finished first.",
            "serve --port": "Port to listen on; 0 takes any free one",
            "serve --data": "Folder for projects and media",
            "serve --data default": "KINORA_DATA, or ~/.local/share/kinora",
            "serve --host": "Address to listen on",
            "serve --allow-remote": "Listen on an address that other machines reach, too",
            "serve --allow-origin": "Web pages from there may use it, for instance https://studio.example",

            "--quality": "How carefully to encode",
            "--codec": "How the picture is coded",
            "--codec default": "h264, or av1 in webm",
            "--x264-preset": "Exactly this preset of x264, without Kinora's own settings",
            "--crf": "Exactly this constant rate factor; lower is better",
            "--max-size": "Largest file: the rate is chosen to fit, then measured",
            "--jobs": "Chunks drawn at once",
            "--jobs default": "one a core",
            "--no-cache": "Render everything anew and keep nothing",
            "--verify": "Decode the whole film when it is done",
            "--json": "Progress and result as JSON lines on standard output",
            "--quiet": "Say nothing but errors and the film's path",

            "heading edit": "The edit",
            "heading picture": "The picture",
            "heading sound": "The sound",
            "heading file": "The file",
            "heading machine": "The machine",

            "make example trip": "A folder of photos and a song",
            "make example tiktok": "Fifteen seconds for TikTok, cut on the beat",
            "make example say": "The same in one sentence",
            "make example two": "The same edit for two platforms: trip.tiktok.mp4 and trip.youtube.mp4",
            "make example calm": "Slower, warmer, with a title",
            "render example film": "A film from a draft",
            "render example raw": "Its uncompressed frames",
            "frame example one": "The frame at 3.2 seconds",
            "probe example all": "Everything in a folder, and a song",
            "cache example clear": "Remove everything that can be made again",
            "demo example demo": "A film of about half a minute",

            "serve example plain": "The studio at http://127.0.0.1:8787",
            "serve example elsewhere": "Another port and folder",

            "environment KINORA_LANG": "Language of the program: en or zh; else LC_ALL, LC_MESSAGES, LANG.",
            "environment NO_COLOR": "Anything: no colours.",
            "environment KINORA_CACHE_LIMIT":
                "Most that the cache may hold, for instance 20GB; 10GB when it is not set.",
            "environment XDG_CACHE_HOME": "Where the cache lies, in a folder kinora; ~/.cache when it is not set.",

            "environment KINORA_DATA": "Where 'kinora serve' keeps projects and media.",
            "environment XDG_DATA_HOME":
                "Where the data folder lies, in a folder kinora; ~/.local/share when it is not set.",

            "taking in": "Looking at {count} {count|file|files}",
            "rendering": "Rendering",
            "assembling": "Assembling",
            "film done":
                "{name}: {length}, {width}×{height}, {fps} {fps|frame|frames}/s, {size}, made in {time}",
            "film reused": "{reused} of {chunks} {chunks|piece was|pieces were} rendered before",
            "film loudness": "loudness {lufs} LUFS, peak {peak} dBTP",
            "film turned down":
                "the music's volume puts the film {by} LU under the {target} LUFS that platforms play at",
            "film peak":
                "the picture needs {peak} kbit in its busiest second; the platform takes {most}: a calmer --grade without grain, or --quality draft, helps",
            "refused title": "{count} of {all} {all|file|files} could not be used:",
            "refused line": "  {name}: {reason}; {advice}",
            "refused strict": "nothing was made, because of --strict",
            "nothing usable": "there is nothing to make a film of",
            "cache line": "{path}: {size} in {files} {files|file|files} (limit {limit})",
            "cache kind": "  {kind}: {size}",
            "cache cleared": "removed {size}",
            "cache unusable":
                "{reason}. Going on without a cache, which takes longer; XDG_CACHE_HOME names another place (now {folder}), --no-cache leaves it out.",
            "interrupted": "stopped; nothing was written. What was rendered is kept: run the same again to go on.",
            "size missed":
                "the film is {size}, more than the {limit} asked for: make it shorter or smaller",
            "same file": "{name} is one of the inputs; name another output",
            "bad output": "cannot write a film to {name}: end it in .mp4, .mov or .webm",

            "bad picture": "cannot write a picture to {name}: end it in .png, .jpg or .webp",

            "passed over line": "{path}: {reason}",
            "passed over more": "{count} more {count|file is|files are} not needed either",
            "left out near-duplicate": "nearly the same as another",
            "left out blurred": "blurred",
            "left out no-room": "no room",
            "note pictures-left-out":
                "{count} {count|picture|pictures} left out, {kept} kept: {names}. Use --all to keep every one.",
            "note unusable": "{name} cannot be shown or heard; left out",
            "note song-left-out": "A film has one song: {used}; {name} is left out",
            "note clip-trimmed": "{name}: the part from {from} to {to} is shown",
            "note clips-repeated": "Some clips come again ({times} {times|time|times}) to fill the length asked for",
            "note unheard": "{name} is in the edit but cannot be made yet: the film is without it",
            "note song-loops": "{name} is {length} long and is repeated",
            "note length-from-song": "The film is as long as {name}: {length}",
            "note ends-on-bar": "The film ends on a bar of the song",
            "note cuts-on-beats": "{count} of {all} cuts lie on beats ({tempo} a minute)",
            "note cuts-without-beats no-song": "There is no song to cut to",
            "note cuts-without-beats no-beats": "No beats were found in the song; cuts come evenly",
            "note cuts-without-beats unsure":
                "The song's beats are not clear; cuts come evenly (--beat-sync on insists)",
            "note cuts-without-beats per-photo": "Cuts follow --per-photo, not the beats",
            "note transitions-shortened": "Shots are too short for transitions of {asked}: they take {least} or more",
            "note per-photo-changed": "Photos stay {used} instead of {asked}, to meet the length",
            "note shortened-for": "Shortened for {preset}: {to} instead of {from}",
            "note longer-than": "The film is {length} long; {preset} takes {most}",
            "note frame-rate-outside": "{fps} frames a second is outside what {preset} takes",
            "note order-by-file-time":
                "{count} {count|file says|files say} no time of capture and {count|comes|come} by the date of the file itself",
            "note order-without-time":
                "{count} {count|file says|files say} no time of capture and {count|comes|come} last",
            "note animation-stands": "{name} is an animation; only its first picture is shown",
            "note shown-whole":
                "{count} {count|picture is|pictures are} shown whole over a blurred copy, since filling the frame would lose too much",
            "note captions-fast":
                "The captions go by {speed} times as fast as is easy to read: a longer film would help",
            "note script-cut": "{shown} of {all} sentences of the script are shown; the film has no time for more",
            "note title-cut": "The title was cut to {count} characters",
            "note clips-at-their-end": "Clips that stand as long as they have material, less than asked: {count}",
            "note clip-ends-at": "{name} ends at {end}",
            "note texts-gone": "Texts that went with their picture or found no room: {count}",
            "note texts-shortened": "Texts that stand shorter than before: {count}",
            "note voice-cut": "The film ends before the voice does: {name}",
            "note volume-limited": "Louder than {percent} % is not possible; it is that loud now",
            "note undated": "Pictures that do not say when they were taken: {count}",
            "serve ready": "The studio is open at {url} (data in {folder})",
            "serve stopping": "Stopping; what was begun is finished first. Ctrl-C again ends it at once.",
            "serve failed": "request {request}: {why}",
            "serve remote":
                "other machines can reach {host}: add --allow-remote if that is what you want. There is no sign-in: who gets a token of this machine is its owner",
            "serve port taken":
                "port {port} of {host} is in use: end what listens there, or choose another with --port",
            "probe kind image": "image",
            "probe kind video": "video",
            "probe kind audio": "audio",
            "probe kind text": "text",
            "probe rate": "{fps} fps",
            "doctor line": "{mark} {what}: {found}",
            "doctor missing": "missing; install {package}",
            "doctor name other scripts": "other scripts",
            "doctor name Arabic": "Arabic",
            "doctor name Thai": "Thai",
            "doctor name Devanagari": "Devanagari",
            "doctor name Chinese, Japanese, Korean": "Chinese, Japanese, Korean",
            "doctor name Chinese, Japanese, Korean serif": "Chinese, Japanese, Korean serif",
            "doctor name emoji": "emoji",
            "doctor name handwritten Chinese": "handwritten Chinese",
            "doctor name handwritten Japanese": "handwritten Japanese",
            "doctor name sample photographs": "sample photographs",
            "doctor name SoundFont": "SoundFont",
            "doctor font": "typeface “{name}”",
            "doctor ok": "all that is needed is here",
            "demo photographs": "{count} {count|photograph|photographs} from {place}",
            "demo drawn": "no sample photographs on this machine: drawing some",
            "demo no sound":
                "no SoundFont on this machine (package musescore-general-soundfont-small): the film has no music",
            "demo title": "Summer in the Hills",
        ])
}
