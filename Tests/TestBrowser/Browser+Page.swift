// SPDX-License-Identifier: GPL-3.0-or-later
public import JSON

extension Browser {
    /// Goes to an address and returns when the page is loaded.
    public func open(_ url: String) async throws {
        try await call("Page.navigate", ["url": .string(url)])
        try await wait("document.readyState === 'complete'")
    }

    /// Loads the page anew and returns when the new one is loaded.
    public func reload() async throws {
        try await value("window.isOld = true")
        try await call("Page.reload")
        try await wait("!window.isOld && document.readyState === 'complete'")
    }

    /// The value of an expression; of a promise what it comes to.
    @discardableResult
    public func value(_ expression: String) async throws -> JSONValue {
        let answer = try await call(
            "Runtime.evaluate",
            ["expression": .string(expression), "awaitPromise": true, "returnByValue": true])
        if let details = answer["exceptionDetails"] {
            let words = details["exception"]?["description"]?.string ?? details["text"]?.string
            throw Failure(description: "\(words ?? "an exception") in \(expression)")
        }
        return answer["result"]?["value"] ?? .null
    }

    public func text(_ expression: String) async throws -> String { try await value(expression).string ?? "" }
    public func holds(_ expression: String) async throws -> Bool {
        try await value("Boolean(\(expression))").bool ?? false
    }
    public func count(_ selector: String) async throws -> Int {
        Int(try await value("document.querySelectorAll(\(Self.quoted(selector))).length").integer ?? 0)
    }

    /// Returns when the condition holds; the page looks each time it draws. The test's time limit ends it. A page that goes
    /// elsewhere meanwhile is asked again.
    public func wait(_ condition: String) async throws {
        let expression =
            "new Promise((done) => { const look = () => { let so = false; try { so = Boolean(\(condition)); } catch {} "
            + "so ? done(true) : requestAnimationFrame(look); }; look(); })"
        while true {
            do {
                try await value(expression)
                return
            } catch let failure as Failure
                where failure.description.contains("navigat")
                || failure.description.contains("context") || failure.description.contains("Promise was collected")
            {
                continue
            }
        }
    }

    /// The size of the window in CSS pixels; `touch` makes it a telephone's.
    public func resize(_ width: Int, _ height: Int, touch: Bool = false) async throws {
        try await call(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(Int64(width)), "height": .integer(Int64(height)), "deviceScaleFactor": 1,
                "mobile": .bool(touch),
            ])
        try await call("Emulation.setTouchEmulationEnabled", ["enabled": .bool(touch)])
    }

    /// What a person has set: a dark system, less motion.
    public func prefer(dark: Bool = false, lessMotion: Bool = false) async throws {
        try await call(
            "Emulation.setEmulatedMedia",
            [
                "features": [
                    ["name": "prefers-color-scheme", "value": .string(dark ? "dark" : "light")],
                    ["name": "prefers-reduced-motion", "value": .string(lessMotion ? "reduce" : "")],
                ]
            ])
    }

    /// A network that is gone, or lets so many bytes a second out.
    public func network(offline: Bool = false, bytesOut: Double = -1) async throws {
        try await call(
            "Network.emulateNetworkConditions",
            ["offline": .bool(offline), "latency": 0, "downloadThroughput": -1, "uploadThroughput": .number(bytesOut)])
    }

    /// Drops files on a place of the page, as a hand would from the desktop.
    public func drop(_ paths: [String], at place: (x: Double, y: Double) = (200, 200)) async throws {
        let data: JSONValue = ["items": [], "files": .array(paths.map { .string($0) }), "dragOperationsMask": 1]
        for type in ["dragEnter", "dragOver", "drop"] {
            try await call(
                "Input.dispatchDragEvent",
                ["type": .string(type), "x": .number(place.x), "y": .number(place.y), "data": data])
        }
    }

    /// Writes text where the focus is.
    public func type(_ text: String) async throws { try await call("Input.insertText", ["text": .string(text)]) }

    /// Presses a key; `modifiers` are added up: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift.
    public func press(_ key: String, modifiers: Int = 0) async throws {
        let codes = [
            "Enter": 13, "Tab": 9, "Escape": 27, " ": 32, "Delete": 46, "ArrowLeft": 37, "ArrowUp": 38,
            "ArrowRight": 39,
            "ArrowDown": 40, "Home": 36, "End": 35,
        ]
        let code = codes[key] ?? Int(key.uppercased().utf8.first ?? 0)
        var down: [String: JSONValue] = [
            "key": .string(key), "windowsVirtualKeyCode": .integer(Int64(code)),
            "modifiers": .integer(Int64(modifiers)),
        ]
        var up = down
        up["type"] = "keyUp"
        let text = key == "Enter" ? "\r" : key.count == 1 && modifiers & 7 == 0 ? key : nil
        down["type"] = .string(text == nil ? "rawKeyDown" : "keyDown")
        if let text { down["text"] = .string(text) }
        try await call("Input.dispatchKeyEvent", .object(down))
        try await call("Input.dispatchKeyEvent", .object(up))
    }

    /// Clicks the middle of an element with a mouse.
    public func click(_ selector: String) async throws {
        let place = try await middle(of: selector)
        try await mouse("mousePressed", place)
        try await mouse("mouseReleased", place)
    }

    /// Puts the mouse over the middle of an element.
    public func point(at selector: String) async throws {
        try await mouse("mouseMoved", try await middle(of: selector))
    }

    /// Takes hold of an element, moves it by pixels, lets go; or, without letting go, presses Escape.
    public func drag(
        _ selector: String, by distance: (x: Double, y: Double), steps: Int = 8, letGo: Bool = true
    ) async throws {
        let place = try await middle(of: selector)
        try await mouse("mousePressed", place)
        for step in 1...steps {
            let share = Double(step) / Double(steps)
            try await mouse("mouseMoved", (place.x + distance.x * share, place.y + distance.y * share), held: true)
        }
        if !letGo { try await press("Escape") }
        try await mouse("mouseReleased", (place.x + distance.x, place.y + distance.y))
    }

    /// Where the middle of an element is on the screen.
    public func middle(of selector: String) async throws -> (x: Double, y: Double) {
        let box = try await value(
            "(() => { const e = document.querySelector(\(Self.quoted(selector))); e.scrollIntoView({block: 'nearest', inline: 'nearest'}); "
                + "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()")
        return (box.array?.first?.number ?? 0, box.array?.last?.number ?? 0)
    }

    private func mouse(_ type: String, _ place: (x: Double, y: Double), held: Bool = false) async throws {
        try await call(
            "Input.dispatchMouseEvent",
            [
                "type": .string(type), "x": .number(place.x), "y": .number(place.y), "button": "left",
                "buttons": .integer(held || type == "mousePressed" ? 1 : 0), "clickCount": 1,
            ])
    }

    /// A text as JavaScript writes it.
    public static func quoted(_ text: String) -> String { JSONValue.string(text).text() }
}
