public import KubernetesAPI
import Synchronization

/// The documents of `/openapi/v3`, each made when it is asked for the first time and again only when its resources changed.
public final class OpenAPIDocuments: Sendable {
    private struct Made {
        let resources: [DiscoveredResource]
        let document: PublishedDocument
    }

    private let made = Mutex<[GroupVersion: Made]>([:])

    public init() {}

    /// The document of a group version; nil where it is not served.
    public func document(of groupVersion: GroupVersion, in directory: APIDirectory) -> PublishedDocument? {
        guard let version = directory.version(groupVersion) else { return nil }
        if let known = made.withLock({ $0[groupVersion] }), known.resources == version.resources { return known.document }
        let document = PublishedDocument(OpenAPIDocument(version).json)
        made.withLock { $0[groupVersion] = Made(resources: version.resources, document: document) }
        return document
    }

    /// The answer to `/openapi/v3`: where each document is, with a hash of its contents, so that clients keep it for as long as it is right.
    public func index(of directory: APIDirectory) -> PublishedDocument {
        var paths = JSONObject()
        for group in directory.groups {
            for version in group.versions {
                guard let document = document(of: version.groupVersion, in: directory) else { continue }
                let path = Self.path(of: version.groupVersion)
                paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(document.hash)")]
            }
        }
        let served = Set(directory.groups.flatMap(\.versions).map(\.groupVersion))
        made.withLock { made in made = made.filter { served.contains($0.key) } }
        return PublishedDocument(["paths": .object(paths.sortedByKey())])
    }

    /// `api/v1` or `apis/apps/v1`.
    public static func path(of groupVersion: GroupVersion) -> String {
        groupVersion.group.isEmpty ? "api/\(groupVersion.version)" : "apis/\(groupVersion.group)/\(groupVersion.version)"
    }

    /// The group version of the path behind `/openapi/v3/`; nil for paths of another form.
    public static func groupVersion(of path: String) -> GroupVersion? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("api"?, 2): return GroupVersion(group: "", version: parts[1])
        case ("apis"?, 3) where !parts[1].isEmpty: return GroupVersion(group: parts[1], version: parts[2])
        default: return nil
        }
    }
}
