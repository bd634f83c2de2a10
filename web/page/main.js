// SPDX-License-Identifier: GPL-3.0-or-later
// Loads the words, then the parts: every part can speak from its first line on.
import { theme } from "./core/settings.js";
import { loadWords } from "./core/words.js";

theme.show();
await loadWords();
await import("./parts/app.js");
performance.mark("kinora ready");
