# SPDX-License-Identifier: GPL-3.0-or-later
"""A film from nothing to a checked file through the official Python SDK of the Model Context Protocol (PyPI mcp, 1.x or 2.x).

mcp-client.py stdio KINORA FOLDER DATA MODE    the program is started; files of FOLDER are used
mcp-client.py http URL FOLDER - MODE           the server at URL is asked; files are sent along

MODE is auto or legacy (2.x), or - (1.x). FOLDER holds p1.jpg to p3.jpg and song.mp3.
"""

import asyncio
import base64
import json
import os
import subprocess
import sys
import urllib.request
from contextlib import asynccontextmanager

from mcp import StdioServerParameters

try:
    from mcp import Client
except ImportError:
    Client = None

transport, server, folder, data, mode = sys.argv[1:6]
names_of_files = ["p1.jpg", "p2.jpg", "p3.jpg", "song.mp3"]
steps = []


def stage(words):
    if os.environ.get("STAGES"):
        print(words, file=sys.stderr, flush=True)



async def progress(done, total, message):
    steps.append((done, total, message))


class Result:
    """A tool's answer, whatever the SDK calls its parts."""

    def __init__(self, raw):
        self.values = raw.structured_content if hasattr(raw, "structured_content") else raw.structuredContent
        self.failed = raw.is_error if hasattr(raw, "is_error") else raw.isError
        self.content = raw.content
        self.text = next((block.text for block in raw.content if block.type == "text"), "")


class Agent:
    def __init__(self, session, revision):
        self.session = session
        self.revision = revision

    async def call(self, name, arguments=None, **more):
        return Result(await self.session.call_tool(name, arguments or {}, **more))

    async def values(self, tool, /, **arguments):
        result = await self.call(tool, arguments)
        assert not result.failed, f"{tool}: {result.text}"
        return result.values

    async def refusal(self, tool, /, **arguments):
        result = await self.call(tool, arguments)
        assert result.failed and result.text, f"{tool} was to be refused: {result.text}"
        return result.text


def program():
    return StdioServerParameters(
        command=server, args=["mcp", "--allow", folder, "--data", data], env=dict(os.environ)
    )


@asynccontextmanager
async def connected():
    if Client is not None:
        async with Client(program() if transport == "stdio" else server, mode=mode) as client:
            yield Agent(client, client.protocol_version)
        return
    from mcp import ClientSession
    from mcp.client.stdio import stdio_client
    from mcp.client.streamable_http import streamablehttp_client

    opened = stdio_client(program()) if transport == "stdio" else streamablehttp_client(server)
    async with opened as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            hello = await session.initialize()
            yield Agent(session, hello.protocolVersion)


def probed(path):
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type,codec_name,width,height:format=duration",
         "-of", "json", path],
        check=True, capture_output=True, text=True,
    ).stdout
    return json.loads(told)


def checked(path, seconds):
    told = probed(path)
    video = next(stream for stream in told["streams"] if stream["codec_type"] == "video")
    assert (video["codec_name"], video["width"], video["height"]) == ("h264", 320, 180), video
    assert abs(float(told["format"]["duration"]) - seconds) < 0.1, told["format"]
    assert any(stream["codec_type"] == "audio" for stream in told["streams"]), told
    return f"{video['codec_name']} {video['width']}x{video['height']}, {told['format']['duration']} s"


async def main():
    async with connected() as agent:
        tools = (await agent.session.list_tools()).tools
        names = {tool.name for tool in tools}
        assert {"create_project", "add_media", "say", "look", "export", "add_text", "undo"} <= names, names
        stage("project")
        project = (await agent.values("create_project", name="Trip"))["project"]

        paths = [os.path.join(folder, name) for name in names_of_files]
        if transport == "stdio":
            added = await agent.values("add_media", project=project, paths=paths)
            assert "--allow" in await agent.refusal("add_media", project=project, paths=["/etc/passwd"])
        else:
            files = [
                {"name": os.path.basename(path), "data": base64.b64encode(open(path, "rb").read()).decode()}
                for path in paths
            ]
            added = await agent.values("add_media", project=project, files=files)
            assert "public internet" in await agent.refusal(
                "add_media", project=project, links=["http://127.0.0.1:9/x.jpg"])
        assert [file["name"] for file in added["added"]] == names_of_files, added

        await agent.values("create", project=project, width=320, height=180, each=800, transition="crossfade")
        said = await agent.values("say", project=project, message="make it 4 seconds long and warm")
        assert said["changed"] and said["duration_ms"] == 4000, said
        texted = await agent.values("add_text", project=project, text="Harbour Nights")
        assert any("Harbour" in change["words"] for change in texted["changes"]), texted
        await agent.values("edit", project=project, operations=[{"op": "swap", "first": 1, "second": 2}])
        undone = await agent.values("undo", project=project)
        assert "Harbour" in undone["timeline"], undone

        stage("look")
        seen = await agent.call("look", {"project": project, "frames": 4})
        picture = next(block for block in seen.content if block.type == "image")
        bytes_ = base64.b64decode(picture.data)
        assert bytes_[:2] == b"\xff\xd8" and len(bytes_) > 2000, len(bytes_)

        # What goes wrong is said, and changes nothing.
        before = await agent.values("timeline", project=project)
        for name, arguments in [
            ("timeline", {"project": "ses_nobody"}), ("pace", {"project": project, "each": "long"}),
            ("remove", {"project": project, "segments": ["nothing"]}), ("export_status", {"export": "none"}),
        ]:
            await agent.refusal(name, **arguments)
        try:
            await agent.call("explode")
            raise AssertionError("a tool that is not there was called")
        except Exception as error:  # noqa: BLE001 - each SDK has its own
            assert "explode" in str(error), error
        assert await agent.values("timeline", project=project) == before

        read = await agent.session.read_resource(f"kinora://projects/{project}/timeline")
        assert "Harbour" in read.contents[0].text, read

        stage("give up")
        # A call that is given up is taken back.
        long = (await agent.values("create_project", name="Long"))["project"]
        await agent.values("type_film", project=long, lines=["one", "two"], length=900_000)
        begun = asyncio.Event()

        async def first(done, total, message):
            begun.set()

        waiting = asyncio.create_task(agent.call("export", {"project": long}, progress_callback=first))
        await asyncio.wait_for(begun.wait(), 60)
        if Client is None:
            # 1.x only stops waiting: what takes the call back is sent by hand.
            from mcp import types

            await agent.session.send_notification(
                types.ClientNotification(
                    types.CancelledNotification(
                        params=types.CancelledNotificationParams(requestId=agent.session._request_id - 1))))
        waiting.cancel()
        try:
            await waiting
            raise AssertionError("the export was to be given up")
        except asyncio.CancelledError:
            pass

        stage("export")
        arguments = {"project": project, "quality": "draft"}
        if transport == "stdio":
            arguments |= {"save_as": f"film-{os.getpid()}.mp4"}
        result = await agent.call("export", arguments, progress_callback=progress)
        assert not result.failed, result.text
        film = result.values
        assert steps and steps[-1][0] == 100 and steps == sorted(steps, key=lambda step: step[0]), steps
        links = [str(block.uri) for block in result.content if block.type == "resource_link"]
        if transport == "stdio":
            path = film["path"]
            assert links[0] == f"file://{path}", links
        else:
            path = os.path.join(folder, f"fetched-{mode}.mp4")
            assert links[0] == film["url"], links
            urllib.request.urlretrieve(film["url"], path)
        told = checked(path, 4)
        contents = (await agent.session.read_resource(links[-1])).contents[0]
        assert base64.b64decode(contents.blob) == open(path, "rb").read()
        print(f"{transport} {mode} {agent.revision}: {len(tools)} tools, {len(steps)} steps, {told}")


asyncio.run(main())
