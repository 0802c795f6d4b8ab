import Testing

/// What happens to the API when things go wrong. One after the other: each of them loads the machine.
@Suite(.serialized) struct FaultTests {}
