import KubernetesAPI

extension JobStep {
    /// The wait before a failed pod is replaced, in seconds: it doubles with each failure since the last success.
    private static let firstDelay: Int64 = 10
    private static let longestDelay: Int64 = 360

    /// Plans which pods go and which come; never both at once.
    ///
    /// - Returns: the active pods that stay.
    mutating func managePods() -> [Pod] {
        let wanted = wantedPods
        let excess = podsToForget(atLeast: max(0, active.count - wanted)).prefix(burst)
        if !excess.isEmpty {
            plan.forget = Array(excess)
            let gone = Set(excess.map(\.uid))
            return active.filter { !gone.contains($0.uid) }
        }
        let missing = wanted - active.count - (job.replacesOnlyFailedPods ? terminating.count : 0)
        if missing > 0 { createPods(min(missing, burst)) }
        return active
    }

    private var wantedPods: Int {
        if job.isSuspended { return 0 }
        let parallelism = Int(spec.parallelism ?? 1)
        guard let completions else { return succeeded > 0 ? active.count : parallelism }
        return max(0, min(parallelism, completions - succeeded))
    }

    /// Of an indexed Job first those whose index there is not or is there twice, then those that are missed least.
    private func podsToForget(atLeast least: Int) -> [Pod] {
        let ranked = PodRank(related: [], now: now).sorted(active)
        guard job.isIndexed else { return Array(ranked.prefix(least)) }
        var (surplus, left, seen) = ([Pod](), [Pod](), Set<Int>())
        for pod in ranked.reversed() {
            if let index = pod.completionIndex, index < completions ?? 0, seen.insert(index).inserted { left.append(pod) } else { surplus.append(pod) }
        }
        return surplus + left.reversed().prefix(max(0, least - surplus.count))
    }

    private mutating func createPods(_ count: Int) {
        if spec.backoffLimitPerIndex == nil, let end = delayEnd(failures: failuresSinceSuccess.count, last: failuresSinceSuccess.last), end > now {
            return lookAgain(at: end)
        }
        guard job.isIndexed else {
            let first = succeeded + failed
            let names = ChildName.free(count, prefix: job.name + "-", owner: job.uid, from: first, taken: Set(pods.map(\.name)))
            plan.create = names.map { Pod(from: spec.template, name: $0, ownedBy: job).tracked }
            return
        }
        let taken = Set(pods.map(\.name))
        for index in indexesToStart(count) { plan.create.append(indexedPod(index, taken: taken)) }
    }

    /// Failed pods since the last success, in the order in which they ended.
    private var failuresSinceSuccess: [Pod] {
        let ended = pods.filter { $0.phase == "Succeeded" || Self.hasFailed($0, job) }.map { (pod: $0, time: $0.finishTime) }.sorted { $0.time < $1.time }
        let failures = ended.reversed().prefix { $0.pod.phase != "Succeeded" }.map(\.pod)
        return failures.filter { PodFailureVerdict(of: $0, by: spec.podFailurePolicy) != .ignore }.reversed()
    }

    private func delayEnd(failures: Int, last: Pod?) -> Time? {
        guard failures > 0, let last else { return nil }
        return last.finishTime.advanced(by: .seconds(min(Self.longestDelay, Self.firstDelay << Int64(min(failures - 1, 10)))))
    }

    /// The lowest indexes that are neither done, nor lost, nor under way. Where each index has a limit of its own, it also has its own wait after a failure.
    private mutating func indexesToStart(_ count: Int) -> [Int] {
        var busy = Set(active.compactMap(\.completionIndex))
        if job.replacesOnlyFailedPods { busy.formUnion(terminating.compactMap(\.completionIndex)) }
        let candidates = (0..<(completions ?? 0)).lazy.filter { [self] in
            !busy.contains($0) && !succeededIndexes.contains($0) && !failedIndexes.contains($0)
        }
        guard spec.backoffLimitPerIndex != nil else { return Array(candidates.prefix(count)) }
        var (indexes, earliest) = ([Int](), Time?.none)
        for index in candidates.prefix(count) {
            let last = awaitingRetry[index]
            if let end = delayEnd(failures: last.map { $0.indexFailures + $0.indexIgnoredFailures + 1 } ?? 0, last: last), end > now {
                earliest = min(earliest ?? end, end)
            } else {
                indexes.append(index)
            }
        }
        if let earliest { lookAgain(at: earliest) }
        return indexes
    }

    private func indexedPod(_ index: Int, taken: Set<String>) -> Pod {
        let prefix = "\(job.name)-\(index)-"
        let name = ChildName.free(1, prefix: prefix, owner: job.uid, taken: taken)[0]
        var pod = Pod(from: spec.template, name: name, ownedBy: job).tracked
        var meta = pod.metadata
        meta.generateName = prefix
        meta[annotation: JobMark.completionIndex] = "\(index)"
        meta[label: JobMark.completionIndex] = "\(index)"
        if spec.backoffLimitPerIndex != nil {
            let last = awaitingRetry[index]
            let wasIgnored = last.map { PodFailureVerdict(of: $0, by: spec.podFailurePolicy) == .ignore } ?? false
            let failures = last.map { $0.indexFailures + (wasIgnored ? 0 : 1) } ?? 0
            let ignored = last.map { $0.indexIgnoredFailures + (wasIgnored ? 1 : 0) } ?? 0
            meta[annotation: JobMark.indexFailures] = "\(failures)"
            if ignored > 0 { meta[annotation: JobMark.indexIgnoredFailures] = "\(ignored)" }
        }
        pod.metadata = meta
        pod.spec?.hostname = "\(job.name)-\(index)"
        pod.addCompletionIndexVariable()
        return pod
    }
}

extension Pod {
    /// With the finalizer that keeps it until it is counted.
    fileprivate var tracked: Pod {
        var pod = self
        pod.metadata.addFinalizer(JobMark.finalizer)
        return pod
    }

    /// Tells each container its index as `JOB_COMPLETION_INDEX`, unless it has such a variable.
    fileprivate mutating func addCompletionIndexVariable() {
        let variable: JSONValue = [
            "name": "JOB_COMPLETION_INDEX", "valueFrom": ["fieldRef": ["fieldPath": .string("metadata.labels['\(JobMark.completionIndex)']")]],
        ]
        for field in ["initContainers", "containers"] {
            guard var spec = members["spec"]?.object, let containers = spec[field]?.array else { continue }
            spec[field] = .array(
                containers.map { container in
                    guard var members = container.object else { return container }
                    let variables = members["env"]?.array ?? []
                    if variables.contains(where: { $0["name"]?.string == "JOB_COMPLETION_INDEX" }) { return container }
                    members["env"] = .array(variables + [variable])
                    return .object(members)
                })
            members["spec"] = .object(spec)
        }
    }
}
