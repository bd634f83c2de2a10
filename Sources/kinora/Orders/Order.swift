// SPDX-License-Identifier: GPL-3.0-or-later

/// What a command line asks the program to do.
enum Order: Sendable {
    case make(MakeOrder)
    case chat(ChatOrder)
    case render(RenderOrder)
    case frame(FrameOrder)
    case handOver(HandOverOrder)
    case probe(ProbeOrder)
    case list(ListOrder)
    case cache(CacheOrder)
    case doctor(DoctorOrder)
    case demo(DemoOrder)
    case serve(ServeOrder)
    case worker(WorkerOrder)
    case admin(AdminOrder)
    case compose(ComposeOrder)
    case beats(BeatsOrder)
    case say(SayOrder)
    case remote(RemoteOrder)
    case skill(SkillOrder)
    case mcp(McpOrder)
}
