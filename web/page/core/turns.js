// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation as a server tells it: events of a session, and what was done by hand, read into turns.

/** Reads the events of a session into turns: what was said, what was answered. */
export function turnsOf(events) {
  const turns = [];
  for (const event of events) {
    const text = (event.content?.parts ?? []).map((part) => part.text ?? "").join("");
    if (event.author === "user" || (event.content?.role === "user" && text)) {
      if (text) turns.push({ id: event.invocationId ?? event.id, said: text, answer: "", state: "done", at: event.timestamp ?? 0 });
      continue;
    }
    let turn = turns.findLast((one) => one.id === event.invocationId) ?? turns.at(-1);
    if (!turn) turns.push((turn = { id: event.invocationId, said: "", answer: "", state: "done", at: event.timestamp ?? 0 }));
    if (text && !event.partial) turn.answer += (turn.answer && "\n") + text;
    const delta = event.actions?.stateDelta ?? {};
    if (delta.revision !== undefined) turn.revisionAfter = delta.revision;
    if (delta.revision_before !== undefined) turn.revisionBefore = delta.revision_before;
  }
  // Where a turn does not say what it started from, it started from what the one before left.
  let before = 0;
  for (const turn of turns) {
    turn.revisionBefore ??= before;
    turn.revisionAfter ??= turn.revisionBefore;
    before = turn.revisionAfter;
  }
  return turns;
}

export const lines = (changes) => changes.map((line) => line.charAt(0).toUpperCase() + line.slice(1)).join("\n");

/** Puts what was done by hand among what was said: behind the turn, or the hand, that led to the film it was done to. */
export function withHands(turns, edits) {
  const all = [...turns];
  for (const { revision, from, said, changes } of edits) {
    if (said || !changes.length) continue;
    const place = all.findLastIndex((turn) => turn.revisionAfter === from && turn.revisionAfter !== turn.revisionBefore);
    const at = all[place]?.at ?? all[0]?.at ?? 0;
    const hand = { id: `h${revision}`, hand: true, at, said: "", answer: lines(changes), state: "done", revisionBefore: from, revisionAfter: revision };
    all.splice(place + 1, 0, hand);
  }
  return all;
}

/** Turns as the server has them, with what this page alone knows of them: the picture before, what broke off. */
export function remembering(turns, known) {
  const own = new Map(known.map((turn) => [turn.invocation ?? turn.id, turn]));
  return turns.map((turn) => {
    const mine = own.get(turn.id);
    if (!mine) return turn;
    const { id, changedAt, beforePicture, fault, carried } = mine;
    const state = mine.state === "broken" && turn.answer ? "done" : mine.state;
    return { ...turn, id, changedAt, beforePicture, fault, carried, state, invocation: turn.id, answer: turn.answer || mine.answer };
  });
}
