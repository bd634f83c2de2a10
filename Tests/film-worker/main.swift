// SPDX-License-Identifier: GPL-3.0-or-later
// `kinora worker` for tests, without the rest of the command: film-worker CACHE-FOLDER [escape | escape-bare | DATA-FOLDER]
// All that lies beside the folder that the cache is in, it sees as its server's: there the tests have their media and films.
// With a data folder it sees what `kinora worker` does of one. With `escape` it sees only the cache, and its tasks are attempts at getting out; with `escape-bare` nothing holds it.
import FileStore
import FilmWork
import Foundation
import KinoraKit
import WorkerPool

let cache = try CacheFolder(path: CommandLine.arguments[1], limit: 1 << 40)
switch CommandLine.arguments.dropFirst(2).first {
case "escape":
    let confinement = Confinement(Confinement.Folders(cache: cache.path, incoming: [], media: [], films: []))
    WorkerChild.serve(confine: confinement.confine, Escape.carryOut)
case "escape-bare": WorkerChild.serve(Escape.carryOut)
case let data?:
    FilmWorker.serve(
        try FilmKit(cache: cache, jobs: 2), incoming: ["\(data)/incoming"], media: ["\(data)/media"],
        films: ["\(data)/exports"])
default:
    let around = [URL(fileURLWithPath: cache.path).deletingLastPathComponent().deletingLastPathComponent().path]
    FilmWorker.serve(try FilmKit(cache: cache, jobs: 2), incoming: around, media: around, films: around)
}
