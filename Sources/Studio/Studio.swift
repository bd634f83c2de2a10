// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
package import JobQueue

/// The use cases: projects, media that come in, what is said and what comes of it. Knows no wire.
package actor Studio {
    /// What the studio keeps things in.
    package struct Stores: Sendable {
        package var accounts: any AccountStore
        package var tokens: any TokenStore
        package var claims: any ClaimStore
        package var credits: any CreditLedger
        package var projects: any ProjectStore
        package var waitingTurns: any WaitingTurns
        package var events: any EventLog
        package var assets: any AssetStore
        package var uploads: any UploadStore
        package var exports: any ExportStore
        package var tasks: any TaskStore
        package var media: any MediaStore

        /// All in one folder, which they hold.
        package init(_ data: DataFolder, _ surroundings: Surroundings = .system, rules: QueueRules = QueueRules()) {
            let (database, events, tasks) = (data.database, EventTable(), TaskTable(rules))
            accounts = SQLiteAccountStore(database)
            tokens = SQLiteTokenStore(database)
            claims = SQLiteClaimStore(database)
            credits = SQLiteCreditLedger(database)
            projects = SQLiteProjectStore(database, events)
            waitingTurns = SQLiteWaitingTurns(database)
            self.events = SQLiteEventLog(database, events)
            assets = SQLiteAssetStore(database)
            uploads = SQLiteUploadStore(database)
            exports = SQLiteExportStore(database, tasks, events)
            self.tasks = SQLiteTaskStore(database, tasks)
            media = FolderMediaStore(data, surroundings, threads: WorkThreads("kinora.disk", atOnce: 8))
        }
    }

    nonisolated let stores: Stores
    nonisolated let examiner: any MediaExaminer
    nonisolated let responder: any Responder
    nonisolated package let surroundings: Surroundings
    nonisolated package let limits: StudioLimits
    /// On which it serves others; nil for a person's own studio.
    nonisolated package let terms: ServiceTerms?

    /// Bytes of media that come in.
    nonisolated let holds = MediaHolds()

    /// Threads that wait for the disk.
    nonisolated let reading = WorkThreads("kinora.reading", atOnce: 4)

    private var desks = Desks()
    /// Uploads of which a piece is coming in.
    var uploadsAtWork: Set<String> = []

    package init(
        _ stores: Stores, examiner: any MediaExaminer, responder: any Responder,
        surroundings: Surroundings = .system, limits: StudioLimits = StudioLimits(),
        terms: ServiceTerms? = nil
    ) {
        self.stores = stores
        self.examiner = examiner
        self.responder = responder
        self.surroundings = surroundings
        self.limits = limits
        self.terms = terms
    }

    // MARK: Projects

    package func createProject(named name: String, language: String?, for account: AccountID) async throws -> Project {
        var draft = Draft()
        draft.film.language = language
        var project = Project(
            id: ProjectID(surroundings), account: account, name: name, language: language,
            createdSeconds: surroundings.now())
        project.history = EditHistory(draft)
        try await stores.projects.save(project)
        desks.use(Desk(project, stores.projects))
        return project
    }

    /// The project as it is now, without waiting for a turn that is under way.
    package func project(_ id: ProjectID, of account: AccountID) async throws -> Project {
        try await desk(id, of: account).project
    }

    /// Whoever asks for a project that is not theirs learns no more than that there is none.
    func desk(_ id: ProjectID, of account: AccountID) async throws -> Desk {
        if let desk = desks[id] {
            guard desk.account == account else { throw StudioError.noSuchProject }
            desks.use(desk)
            return desk
        }
        guard let project = try await stores.projects.load(id, of: account) else { throw StudioError.noSuchProject }
        // Another task may have opened it meanwhile: there is one desk a project.
        if let desk = desks[id] { return desk }
        let desk = Desk(project, stores.projects)
        desks.use(desk)
        return desk
    }

    /// Forgets the desk of a project that is gone.
    func letGo(of id: ProjectID) { desks.clear(id) }

    /// Returns when everything that was begun is done.
    package func finish() async {
        for desk in desks.all { await desk.finish() }
    }
}
