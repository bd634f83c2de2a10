#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the web page of google-adk (PyPI), as shipped in its wheel, with a server of ours.

    scripts/adk-page.py KINORA WORK [--picture PNG]

KINORA is the program, WORK a folder for the server's data. The page is served from an address of its own, told of the server as `adk web` tells
it (its runtime-config.json), and driven in Chromium without a window: it finds the agent, makes a session, sends a sentence and shows that photos
are wanted, sends another with three of them and shows what was made, and after it is loaded anew shows the session again. Every request
of the page to the server but those to the workbench of ADK's own server (evaluations, traces, graphs, telemetry) must be answered well. The last
line says what was seen.
"""
import argparse, asyncio, base64, functools, http.server, importlib.metadata, importlib.util, json, os, shutil, subprocess, sys, threading, urllib.request

import websockets

OF_ADK = ("/dev/", "/config/telemetry")
FIRST, ASKED_FOR = "make a film of 6 seconds", "Add some photos"
SECOND, ANSWER = "make a film of these photos, 6 seconds long, with the title Summer Film", "Summer Film\u201d"


class Pages(http.server.SimpleHTTPRequestHandler):
    """The wheel's page, and where its server is."""
    backend = ""

    def do_GET(self):
        if self.path.startswith("/assets/config/runtime-config.json"):
            body = json.dumps({"backendUrl": self.backend, "telemetry": False}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


class Browser:
    """One page of Chromium, spoken to in its developer protocol."""

    def __init__(self, socket):
        self.socket, self.count, self.waiting, self.asked, self.said = socket, 0, {}, {}, []

    async def listen(self):
        async for text in self.socket:
            message = json.loads(text)
            if "id" in message:
                self.waiting.pop(message["id"]).set_result(message)
            elif message["method"] == "Network.requestWillBeSent":
                request = message["params"]["request"]
                self.asked[message["params"]["requestId"]] = [request["method"], request["url"], None]
            elif message["method"] == "Network.responseReceived":
                if found := self.asked.get(message["params"]["requestId"]):
                    found[2] = message["params"]["response"]["status"]
            elif message["method"] == "Network.loadingFailed":
                found = self.asked.get(message["params"]["requestId"])
                if found and found[2] is None and not message["params"].get("canceled"):
                    found[2] = message["params"]["errorText"]
            elif message["method"] == "Runtime.exceptionThrown":
                thrown = message["params"]["exceptionDetails"].get("exception", {})
                values = {one["name"]: one.get("value", "") for one in thrown.get("preview", {}).get("properties", [])}
                if "/dev/" not in values.get("url", ""):  # the page does not catch what its own server never refuses
                    self.said.append(f"{thrown.get('description', '')[:300]} {values}")

    async def ask(self, method, **values):
        self.count += 1
        self.waiting[self.count] = answer = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": self.count, "method": method, "params": values}))
        message = await asyncio.wait_for(answer, 30)
        if "error" in message:
            sys.exit(f"{method}: {message['error']}")
        return message["result"]

    async def value(self, script):
        found = await self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found["result"].get("value")

    async def until(self, script, what, seconds=60):
        for _ in range(seconds * 10):
            if found := await self.value(script):
                return found
            await asyncio.sleep(0.1)
        sys.exit(f"the page never came to this: {what}; it shows: {(await self.value('document.body.innerText'))[:800]!r}; errors: {self.said[:5]}; "
                 f"requests: {[found for found in self.asked.values() if '/assets/' not in found[1]][-12:]}")

    async def say(self, text):
        await self.value("document.querySelector('textarea').focus()")
        await self.ask("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            await self.ask("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r" if kind == "keyDown" else "")

    async def picture(self, path):
        shot = await self.ask("Page.captureScreenshot", format="png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))


async def use(socket_url, page, server, photos, picture):
    async with websockets.connect(socket_url, max_size=1 << 26) as socket:
        browser = Browser(socket)
        listening = asyncio.create_task(browser.listen())
        for domain in ("Page", "Network", "Runtime", "DOM"):
            await browser.ask(f"{domain}.enable")
        await browser.ask("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)
        await browser.ask("Page.navigate", url=f"{page}/?app=nemo_agent")
        await browser.until("document.querySelector('textarea') && !document.querySelector('textarea').disabled", "a field to write in")
        await browser.until("document.body.innerText.includes('nemo_agent')", "the agent")
        await browser.say(FIRST)
        await browser.until(f"document.body.innerText.includes({json.dumps(ASKED_FOR)})", f"the answer {ASKED_FOR!r}")
        with urllib.request.urlopen(f"{server}/apps/nemo_agent/users/user/sessions") as reply:
            sessions = [session["id"] for session in json.load(reply)]
        if len(sessions) != 1:
            sys.exit(f"the server has the sessions {sessions} of the page, and one was made")
        # Chosen with the page's own button for files, they come inside the message.
        document = await browser.ask("DOM.getDocument")
        field = await browser.ask("DOM.querySelector", nodeId=document["root"]["nodeId"], selector="input[type=file]")
        await browser.ask("DOM.setFileInputFiles", nodeId=field["nodeId"], files=photos)
        await browser.say(SECOND)
        shows = f"document.body.innerText.includes({json.dumps(ANSWER)})"
        await browser.until(shows, f"the answer {ANSWER!r}")
        if picture:
            await asyncio.sleep(1)
            await browser.picture(picture)
        await browser.ask("Page.navigate", url=f"{page}/?app=nemo_agent&session={sessions[0]}&userId=user")
        await browser.until(shows, "the session again, after the page was loaded anew")
        if picture:
            await asyncio.sleep(1)
            await browser.picture(picture.replace(".png", "-again.png"))
        listening.cancel()
        return browser


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kinora")
    parser.add_argument("work")
    parser.add_argument("--picture")
    options = parser.parse_args()
    folder = os.path.join(os.path.dirname(importlib.util.find_spec("google.adk.cli").origin), "browser")
    photos = [os.path.join(options.work, f"photo {number}.jpg") for number in (1, 2, 3)]
    for number, photo in enumerate(photos):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s=640x360,hue=h={number * 80}", "-frames:v", "1", "-update", "1", photo], check=True)
    pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Pages, directory=folder))
    page = f"http://127.0.0.1:{pages.server_port}"
    server = subprocess.Popen([options.kinora, "serve", "--port", "0", "--data", os.path.join(options.work, "data"), "--allow-origin", page, "--json"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    Pages.backend = json.loads(server.stdout.readline())["url"].rstrip("/")
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    chromium = subprocess.Popen(
        [shutil.which("chromium") or "chromium-browser", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
         "--remote-allow-origins=*", "--no-first-run", f"--user-data-dir={os.path.join(options.work, 'chromium')}", "about:blank"],
        stderr=subprocess.PIPE, text=True)
    try:
        port = next(line.split("127.0.0.1:")[1].split("/")[0] for line in chromium.stderr if "DevTools listening" in line)
        threading.Thread(target=lambda: [None for _ in chromium.stderr], daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as reply:
            socket_url = next(one["webSocketDebuggerUrl"] for one in json.load(reply) if one["type"] == "page")
        browser = asyncio.run(use(socket_url, page, Pages.backend, photos, options.picture))
    finally:
        chromium.terminate()
        chromium.wait()
        server.terminate()
        server.wait()
    mine = [found for found in browser.asked.values() if found[1].startswith(Pages.backend)]
    calls = [(method, url[len(Pages.backend):].split("?")[0], status) for method, url, status in mine]
    own = [call for call in calls if not call[1].startswith(OF_ADK)]
    bad = [call for call in own if call[2] not in (200, 204)]
    if bad or browser.said:
        sys.exit(f"FAILED: {bad} {browser.said}")
    kinds = sorted({f"{method} {path.split('/sessions/')[0]}" for method, path, _ in own})
    print(f"fine: the page of google-adk {importlib.metadata.version('google-adk')} asked {len(own)} times and was answered well ({', '.join(kinds)}), besides "
          f"{len(calls) - len(own)} calls of ADK's own workbench; it showed both answers, and again after it was loaded anew")


main()
