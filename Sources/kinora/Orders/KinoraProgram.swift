// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import KinoraKit
import Wording

/// The program: its commands, its words, its version.
let kinoraProgram = Program<Order>(
    Command(
        "kinora",
        subcommands: [
            MakeOrder.command, ChatOrder.command, RenderOrder.command, FrameOrder.command, HandOverOrder.command,
            ProbeOrder.command,
            CacheOrder.command, DoctorOrder.command, DemoOrder.command, ServeOrder.command, McpOrder.command,
            AdminOrder.command, ComposeOrder.command, BeatsOrder.command, SayOrder.command, RemoteOrder.command,
            SkillOrder.command, WorkerOrder.command,
        ] + ListOrder.commands),
    version: KinoraVersion.current, date: KinoraVersion.date,
    environment: [
        "KINORA_LANG", "NO_COLOR", "KINORA_CACHE_LIMIT", "XDG_CACHE_HOME", "KINORA_DATA", "XDG_DATA_HOME",
        "KINORA_LLM_URL", "KINORA_LLM_MODEL", "KINORA_LLM_KEY", "KINORA_IMAGES_URL", "KINORA_IMAGES_MODEL",
        "KINORA_IMAGES_KEY", "KINORA_PIPER", "KINORA_SPEECH_URL", "KINORA_SPEECH_MODEL", "KINORA_SPEECH_KEY",
        "NEMO_API_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "XDG_CONFIG_HOME",
    ],
    catalogues: [
        Words.english.adding(Catalogue(.english, FaultWords.english)).adding(RemoteWords.english)
            .adding(HandOverWords.english),
        Words.chinese.adding(Catalogue(.chinese, FaultWords.chinese)).adding(RemoteWords.chinese)
            .adding(HandOverWords.chinese),
    ])
