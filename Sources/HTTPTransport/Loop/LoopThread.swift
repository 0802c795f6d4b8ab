import Glibc

/// A thread that runs one function.
final class LoopThread: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// - Returns: the thread, to be joined or detached; `nil` when the system has none to give.
    func start() -> pthread_t? {
        // Signals are for the threads of the application. Blocked while the thread is made, so that it starts out with that mask; SIGPIPE of a closed
        // connection then only shows as EPIPE.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<LoopThread>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, retained.toOpaque())
        guard code == 0 else {
            retained.release()
            return nil
        }
        return thread
    }
}
