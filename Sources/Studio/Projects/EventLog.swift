// SPDX-License-Identifier: GPL-3.0-or-later

/// What happened to projects lately, in order, for as many readers as there are.
///
/// So many events of a project are kept, the oldest go first. What belongs to a change of the project is written with it
/// (`ProjectChange.events`). Durable when a call returns, or nothing of it happened.
package protocol EventLog: Sendable {
    /// Writes an event down; nil where there is no such project.
    func append(_ event: NewEvent, to project: ProjectID, at seconds: Double) async throws -> ProjectEvent?
    /// At most `limit` events with ids above `id`.
    func events(of project: ProjectID, after id: Int64, limit: Int) async throws -> EventPage
    /// The id of the project's latest event; 0 before the first.
    func latestEvent(of project: ProjectID) async throws -> Int64
    /// Gives an element when the project may have new events. A hint: several come as one.
    func hints(of project: ProjectID) -> AsyncStream<Void>
}

extension EventLog {
    /// All events of a project with ids above `id`, those to come too, until the reader stops. Where none comes it waits,
    /// at no cost. Whoever may see the project is the caller's to decide.
    package func follow(_ project: ProjectID, after id: Int64) -> EventFeed {
        EventFeed(log: self, project: project, after: id)
    }
}

/// The events of a project, one after the other, without end.
package struct EventFeed: AsyncSequence, Sendable {
    package enum Element: Hashable, Sendable {
        case event(ProjectEvent)
        /// Some events are gone that the reader has not seen: it has to look at the project anew. Events go on behind.
        case missed
    }

    private static let pageLength = 100

    let log: any EventLog
    let project: ProjectID
    let after: Int64

    package func makeAsyncIterator() -> Iterator {
        // Listening begins before the first look, so that nothing comes in between.
        Iterator(feed: self, hints: log.hints(of: project).makeAsyncIterator(), place: after)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let feed: EventFeed
        var hints: AsyncStream<Void>.AsyncIterator
        var place: Int64
        private var ahead: ArraySlice<ProjectEvent> = []

        init(feed: EventFeed, hints: AsyncStream<Void>.AsyncIterator, place: Int64) {
            self.feed = feed
            self.hints = hints
            self.place = place
        }

        /// Nil once the task is cancelled, or the log is closed.
        package mutating func next() async throws -> Element? {
            while true {
                if let event = ahead.popFirst() {
                    place = event.id
                    return .event(event)
                }
                if Task.isCancelled { return nil }
                let page = try await feed.log.events(of: feed.project, after: place, limit: EventFeed.pageLength)
                ahead = page.events[...]
                if page.missesSome {
                    // Told once; the events that are left follow.
                    if let first = ahead.first {
                        place = first.id - 1
                    } else {
                        place = try await feed.log.latestEvent(of: feed.project)
                    }
                    return .missed
                }
                if ahead.isEmpty, await hints.next() == nil { return nil }
            }
        }
    }
}
