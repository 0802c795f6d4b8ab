import CCurl
import Synchronization

/// What tasks want of the loop's thread, and the way to wake it.
final class LoopInbox: Sendable {
    enum Command: Sendable {
        case start(HTTPRequest, Exchange, HTTPURL)
        /// Ends the transfer whose exchange was already told.
        case cancel(id: UInt64)
        case resumeReceiving(id: UInt64)
        case resumeSending(id: UInt64)
        /// Answered when everything posted before has been carried out.
        case barrier(CheckedContinuation<Void, Never>)
    }

    private enum Phase { case open, stopping, ended }

    private struct State {
        var phase = Phase.open
        var commands: [Command] = []
        var target: MultiHandle?
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []

        func wake() {
            if let target { curl_multi_wakeup(target.pointer) }
        }
    }

    private let state: Mutex<State>

    init(waking multi: MultiHandle) { state = Mutex(State(target: multi)) }

    /// - Returns: whether the loop will see the command. After the end it does not, and nothing is left for it to do.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            switch (state.phase, command) {
            case (.ended, _), (.stopping, .start): return false
            default: break
            }
            // One wake-up is enough for all that comes until the loop takes it.
            if state.commands.isEmpty { state.wake() }
            state.commands.append(command)
            return true
        }
    }

    /// Lets the loop end all transfers and then itself.
    func stop() {
        state.withLock { state in
            guard state.phase == .open else { return }
            state.phase = .stopping
            state.wake()
        }
    }

    func waitUntilEnded() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.phase != .ended { state.waitingForEnd.append(continuation) }
                return state.phase == .ended
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// For the loop: what was posted since the last call, oldest first.
    func takeCommands() -> (commands: [Command], isStopping: Bool) {
        state.withLock { state in
            defer { state.commands = [] }
            return (state.commands, state.phase != .open)
        }
    }

    /// For the loop: no wake-up happens after this, so the multi handle may be freed. Returns what came too late.
    func close() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            state.phase = .ended
            state.target = nil
            return state.commands
        }
    }

    /// For the loop, as its last act.
    func reportEnd() {
        let waiting = state.withLock { state in
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// A curl multi handle on its way to the loop's thread.
///
/// Unchecked, because it is a bare pointer. All calls on it are made by the loop's thread, save `curl_multi_wakeup`, which libcurl documents as callable from
/// any thread; ``LoopInbox`` makes that call under its mutex and only until the loop, before freeing the handle, takes the pointer away under the same mutex.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}
