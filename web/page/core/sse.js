// SPDX-License-Identifier: GPL-3.0-or-later
// Server-sent events read from a fetch, so that a request may be a POST and carry a token (HTML, 9.2.6).

/** Takes text piece by piece and gives whole events. */
export class EventParser {
  #rest = "";
  #event = this.#fresh();

  #fresh() {
    return { id: undefined, kind: "message", data: [] };
  }

  /** The events that these characters complete. */
  take(text) {
    const events = [];
    this.#rest += text;
    let line;
    while ((line = this.#line()) !== null) {
      if (line === "") {
        // An event without data is none.
        if (this.#event.data.length) events.push({ ...this.#event, data: this.#event.data.join("\n") });
        this.#event = this.#fresh();
        continue;
      }
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
      if (name === "data") this.#event.data.push(value);
      else if (name === "event") this.#event.kind = value;
      else if (name === "id" && !value.includes("\0")) this.#event.id = value;
    }
    return events;
  }

  /** The next whole line. A CR at the end may be half of a line end. */
  #line() {
    const end = this.#rest.search(/[\r\n]/);
    if (end < 0 || (this.#rest[end] === "\r" && end === this.#rest.length - 1)) return null;
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + (this.#rest.startsWith("\r\n", end) ? 2 : 1));
    return line;
  }
}

/** The events of a reply as they come. */
export async function* eventsOf(response) {
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.take(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
