public import KubernetesAPI

/// Reads objects of declared types as Kubernetes does, whose Go types decide what an object can hold.
public enum BuiltInDecoding {
    /// The form of an object that a round trip through its Go type leaves: unknown fields and nulls are gone, as are optional values that Go cannot tell from
    /// absent ones; fields that Go always writes are there, with zero values or null; quantities, times and the like have their canonical text.
    ///
    /// - Returns: the object, and where fields stood that the type does not have, in the order of the body (`spec.containers[0].nope`), at most 100.
    /// - Throws: ``ObjectDecodingError`` with the words of Go's decoder, for the first value of a wrong type.
    public static func decoded(
        _ body: JSONObject, as type: any APIStruct.Type
    ) throws(ObjectDecodingError) -> (object: JSONObject, unknownFields: [String]) {
        let graph = GoTypeGraph.shared
        guard let position = graph.position(of: type) else { return (body, []) }
        // What is right is read without keeping track of where it stands; for what is not, everything is read again.
        var decoder = GoDecoder(graph: graph, tracksPaths: false)
        do {
            let object = try decoder.object(body, position) ?? body
            if !decoder.foundFault { return (object, []) }
        } catch {}
        decoder = GoDecoder(graph: graph, tracksPaths: true)
        let object = try decoder.object(body, position) ?? body
        if let error = decoder.firstError { throw error }
        return (object, decoder.unknownFields)
    }
}
