// SPDX-License-Identifier: GPL-3.0-or-later
// `kinora worker` for tests, without the rest of the command: film-worker CACHE-FOLDER
import FileStore
import FilmWork
import KinoraKit

let cache = try CacheFolder(path: CommandLine.arguments[1], limit: 1 << 40)
FilmWorker.serve(try FilmKit(cache: cache, jobs: 2))
