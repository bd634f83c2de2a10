// SPDX-License-Identifier: GPL-3.0-or-later
// What changes a film while nobody answers: kept in the order in which it was made, and done when somebody does.
import { api } from "./api.js";

export class Held {
  /** How many changes wait. */
  count = 0;
  #line = Promise.resolve();

  /**
   * `film` has `revision`, `look()`, which reads it anew, and `hasHand(revision)`: whether a hand has changed the film that stood
   * there. `told()` hears when `count` is another.
   */
  constructor(film, told) {
    this.film = film;
    this.told = told;
  }

  /** Does it at once, or, while nobody answers, behind what was kept before. Comes to what `action` does. */
  async run(action) {
    let sent = null;
    if (!this.count && api.reachable) {
      sent = this.film.revision;
      try {
        return await action();
      } catch (fault) {
        if (fault.kind !== "offline") throw fault;
      }
    }
    this.#counted(1);
    const turn = this.#line.then(() => this.#again(action, sent));
    this.#line = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#counted(-1);
    }
  }

  #counted(by) {
    this.count += by;
    this.told();
  }

  /** `sent`: the revision that it was sent for without an answer; null where it was not sent. */
  async #again(action, sent) {
    for (;;) {
      await api.back();
      try {
        await this.film.look();
        // The answer may be all that was lost: then the film has the change already.
        if (sent !== null && (await this.film.hasHand(sent))) return {};
        sent = this.film.revision;
        return await action();
      } catch (fault) {
        if (fault.kind !== "offline") throw fault;
      }
    }
  }
}
