/// One thing that the agent does for a pod next. Each is safe to do twice: what was done shows in the ``PodObservation``, and the plan no longer asks for it.
public enum PodAction: Hashable, Sendable {
    /// Put the volumes in place.
    case mountVolumes
    /// Make the pod's directory and give it an address.
    case createSandbox
    /// Make the image available as the container's pull policy says.
    case pullImage(container: String)
    /// Create and start the next run.
    case start(container: String)
    case runPostStart(container: String)
    case runProbe(ProbeState.Kind, container: String)
    /// Begin to stop: note a ``ContainerStop`` and record a `Killing` event.
    case beginStop(container: String, StopOrder)
    /// Run the preStop hook, for at most until `deadline` (kept in the plan's wake-up as well).
    case runPreStop(container: String)
    /// Send the container's stop signal, SIGTERM by default.
    case signal(container: String, String)
    /// Send SIGKILL to the container's whole process tree.
    case kill(container: String)
    /// Remember that the pod has failed.
    case fail(PodFailure)
    /// Unmount, and give back address and directory; logs stay.
    case removeSandbox
    /// Everything has ended and was reported: delete the object from the API with no grace, with its UID as precondition.
    case deleteObject
    /// The object has gone and nothing is left to stop: forget the pod and its logs.
    case forget
}
