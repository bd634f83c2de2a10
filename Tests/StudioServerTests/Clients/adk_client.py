#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a server with the client of google-adk: adk_client.py BASE [PHOTO]. Each step that is otherwise than it should be fails.

Without a photo the server's director is the tests' own, which takes a sentence for the film's name.
"""
import asyncio
import sys

import httpx
from google.adk.cli.adk_web_server import RunAgentRequest
from google.adk.cli.conformance.adk_web_server_client import AdkWebServerClient
from google.genai import types

APP, USER = "nemo_agent", "user"
PHOTO = sys.argv[2] if len(sys.argv) > 2 else None
SENTENCE = "make a film of this photo, 4 seconds long, with the title Summer Film" if PHOTO else "Summer Film"
ANSWER = "Your film is ready: 4 s" if PHOTO else "named Summer Film"


async def main():
    base = sys.argv[1]
    async with AdkWebServerClient(base_url=base) as client:
        assert "version" in await client.get_version_data()
        session = await client.create_session(app_name=APP, user_id=USER, state={"mood": "calm"})
        assert session.app_name == APP and session.user_id == USER and session.state["mood"] == "calm"
        if PHOTO:
            async with httpx.AsyncClient(base_url=base) as plain:
                with open(PHOTO, "rb") as photo:
                    await plain.post(f"/api/upload-video/{APP}/me/{session.id}", files={"files": ("a photo.jpg", photo)})

        request = RunAgentRequest(
            app_name=APP, user_id=USER, session_id=session.id, streaming=True, state_delta={"turn": 1},
            new_message=types.Content(role="user", parts=[types.Part(text=SENTENCE)]),
        )
        events = [event async for event in client.run_agent(request)]
        whole = [event for event in events if not event.partial]
        assert events[-1].turn_complete and whole[-1].content.parts[0].text.startswith(ANSWER)
        assert any(event.get_function_calls() for event in whole) and any(event.get_function_responses() for event in whole)
        parts = "".join(part.text for event in events if event.partial for part in event.content.parts)
        assert parts == whole[-1].content.parts[0].text

        kept = await client.get_session(app_name=APP, user_id=USER, session_id=session.id)
        assert [kept.events[0].author, kept.events[-1].author] == ["user", APP] and kept.state["turn"] == 1
        changed = await client.update_session(
            app_name=APP, user_id=USER, session_id=session.id, state_delta={"mood": "wild"}
        )
        assert changed.state["mood"] == "wild"
        async with httpx.AsyncClient(base_url=base) as plain:
            listed = (await plain.get(f"/apps/{APP}/users/{USER}/sessions")).json()
            assert [one["id"] for one in listed] == [session.id]
            assert (await plain.get("/list-apps")).json() == [APP]
        await client.delete_session(app_name=APP, user_id=USER, session_id=session.id)
        try:
            await client.get_session(app_name=APP, user_id=USER, session_id=session.id)
        except httpx.HTTPStatusError as error:
            assert error.response.status_code == 404
        else:
            raise AssertionError("the session is still there")
    print("fine")


asyncio.run(main())
