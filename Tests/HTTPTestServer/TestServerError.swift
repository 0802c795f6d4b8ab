/// What goes wrong between a test and the server that it runs.
public enum TestServerError: Error, CustomStringConvertible {
    /// The stream or connection ended while the server still read from it or wrote to it. The text is the cause.
    case closed(String)
    /// ``Observed/wait(for:within:until:)`` gave up. Names what was awaited and the last value seen.
    case deadlineExceeded(String)
    /// The waiting task was cancelled.
    case cancelled
    /// A handler wrote a head, a body or an end where the response no longer allows it.
    case misuse(String)
    /// More bytes arrived than the reader wanted to hold.
    case tooLong(String)
    /// A certificate could not be issued or the listening socket could not be opened.
    case setup(String)

    public var description: String {
        switch self {
        case .closed(let cause): "The peer or the server closed the stream: \(cause)"
        case .deadlineExceeded(let wait): "Waited in vain: \(wait)"
        case .cancelled: "The wait was cancelled."
        case .misuse(let message), .tooLong(let message): message
        case .setup(let message): "The test server could not start: \(message)"
        }
    }
}
