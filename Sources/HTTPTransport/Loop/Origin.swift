/// What is known of a host while HTTP/2 exchanges with it are open: its connections, and how many streams they take.
///
/// libcurl opens connections of its own accord, and generously: until a connection's SETTINGS have come it reckons with 100 streams, and each request of a
/// burst beyond what the open connections take makes its own. So requests are let through as there is room, and one goes ahead alone where there is none.
final class Origin {
    struct Connection {
        var transfers: Set<UInt64> = []
        /// Whether a response has come over it, and so its SETTINGS before.
        var isSettled = false
    }

    /// A server that allows fewer would leave the rest of these waiting behind them, on its connection.
    static let firstStreams = 20
    /// How long the first may go without an answer before as many more are let through.
    static let patience: Duration = .seconds(1)
    /// What any server is taken to allow: RFC 9113 §6.5.2 recommends no less than 100.
    static let usualStreams = 90
    /// Above that, and as long as the limit is not known, so many at a time find out whether there is room for more. Each may make a connection.
    static let probes = 2

    let name: String
    /// By local port: of the connections to one host, each has its own.
    private(set) var connections: [Int: Connection] = [:]
    private(set) var open = 0
    /// How many to put on a connection whose SETTINGS are not known to have come.
    private(set) var streamsBeforeSettings = Origin.firstStreams
    private var lastIncrease: ContinuousClock.Instant?
    /// Launched, and not yet on a connection.
    private(set) var connecting: Set<UInt64> = []
    /// The streams that a connection took when libcurl went for another.
    private(set) var streamLimit: Int?
    /// With HTTP/1.1 every exchange has a connection of its own, and there is nothing to wait for.
    private(set) var isMultiplexed = true
    private var waiting: [UInt64] = []
    private var firstWaiting = 0

    init(name: String) { self.name = name }

    var isUnused: Bool { open == 0 && firstWaiting == waiting.count }

    /// How many more requests may be launched now.
    var room: Int {
        guard isMultiplexed else { return .max }
        if connections.isEmpty { return max(0, streamsBeforeSettings - connecting.count) }
        var free = 0
        for connection in connections.values {
            let limit = streamLimit ?? Self.usualStreams
            free += max(0, (connection.isSettled ? limit : min(limit, streamsBeforeSettings)) - connection.transfers.count)
        }
        if streamLimit == nil, connections.values.contains(where: \.isSettled) { return max(free, Self.probes) - connecting.count }
        // With no room at all one goes ahead, to make a connection.
        return free > connecting.count ? free - connecting.count : connecting.isEmpty ? 1 : 0
    }

    /// A request has waited for as long as ``patience``.
    func losePatience(at now: ContinuousClock.Instant) {
        if let lastIncrease, now - lastIncrease < Self.patience { return }
        lastIncrease = now
        streamsBeforeSettings += Self.firstStreams
    }

    func wait(_ id: UInt64) { waiting.append(id) }

    func popWaiting() -> UInt64? {
        guard firstWaiting < waiting.count else { return nil }
        defer {
            firstWaiting += 1
            if firstWaiting == waiting.count { (waiting, firstWaiting) = ([], 0) }
        }
        return waiting[firstWaiting]
    }

    func launched(_ id: UInt64) {
        open += 1
        connecting.insert(id)
    }

    /// A request is about to go out on the connection from this local port.
    func connected(_ id: UInt64, port: Int) {
        leave(id)
        let isNew = connections[port] == nil
        let fullest = connections.values.filter(\.isSettled).map(\.transfers.count).max()
        connections[port, default: Connection()].transfers.insert(id)
        if isNew, let fullest, fullest > 0 {
            streamLimit = fullest
        } else if let limit = streamLimit, let count = connections[port]?.transfers.count, count > limit {
            // It takes more after all: the other connection had another reason.
            streamLimit = nil
        }
    }

    func answered(port: Int, isMultiplexed: Bool) {
        self.isMultiplexed = isMultiplexed
        connections[port]?.isSettled = true
    }

    func ended(_ id: UInt64) {
        open -= 1
        leave(id)
    }

    /// Another transfer on the connection from this local port.
    func companion(of id: UInt64, port: Int, where isFit: (UInt64) -> Bool) -> UInt64? { connections[port]?.transfers.first { $0 != id && isFit($0) } }

    private func leave(_ id: UInt64) {
        connecting.remove(id)
        for port in connections.keys where connections[port]?.transfers.remove(id) != nil {
            if connections[port]?.transfers.isEmpty == true { connections[port] = nil }
            return
        }
    }
}
