import Tracing

/// Carries one word from the context to a `traceparent` header, as an instrument for W3C Trace Context would.
struct TestInstrument: Instrument {
    private enum Key: ServiceContextKey { typealias Value = String }

    static let bootstrapped: Void = InstrumentationSystem.bootstrap(TestInstrument())

    static func context(_ parent: String) -> ServiceContext {
        var context = ServiceContext.topLevel
        context[Key.self] = parent
        return context
    }

    func extract<Carrier, Extract: Extractor>(_ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract)
    where Extract.Carrier == Carrier {
        context[Key.self] = extractor.extract(key: "traceparent", from: carrier)
    }

    func inject<Carrier, Inject: Injector>(_ context: ServiceContext, into carrier: inout Carrier, using injector: Inject) where Inject.Carrier == Carrier {
        if let parent = context[Key.self] { injector.inject(parent, forKey: "traceparent", into: &carrier) }
    }
}
