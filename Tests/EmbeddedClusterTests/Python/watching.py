"""Watches, and what is built on them."""

import threading
import time

from harness import Refused, main
from kubernetes import client, dynamic, watch
from kubernetes.client.exceptions import ApiException
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock


def create(core, namespace, name, **data):
    return core.create_namespaced_config_map(namespace, {"metadata": {"name": name, "labels": {"watched": "yes"}}, "data": data})


def read(stream, count):
    events = []
    for event in stream:
        events.append((event["type"], event["object"].metadata.name))
        if len(events) == count:
            break
    return events


def test_watch_tells_everything_in_order(namespace):
    core = client.CoreV1Api()
    version = core.list_namespaced_config_map(namespace).metadata.resource_version
    create(core, namespace, "a")
    core.patch_namespaced_config_map("a", namespace, {"data": {"k": "v"}})
    create(core, namespace, "b")
    core.delete_namespaced_config_map("a", namespace)
    stream = watch.Watch().stream(
        core.list_namespaced_config_map, namespace, resource_version=version, label_selector="watched=yes", timeout_seconds=60)
    assert read(stream, 4) == [("ADDED", "a"), ("MODIFIED", "a"), ("ADDED", "b"), ("DELETED", "a")]


def test_watch_resumes(namespace):
    core = client.CoreV1Api()
    create(core, namespace, "a")
    first = watch.Watch()
    assert read(first.stream(core.list_namespaced_config_map, namespace, label_selector="watched=yes", timeout_seconds=60), 1) == [("ADDED", "a")]
    create(core, namespace, "b")
    create(core, namespace, "c")
    again = watch.Watch().stream(
        core.list_namespaced_config_map, namespace, label_selector="watched=yes", resource_version=first.resource_version, timeout_seconds=60)
    assert read(again, 2) == [("ADDED", "b"), ("ADDED", "c")]


def test_watch_ends_in_time(namespace):
    core = client.CoreV1Api()
    started = time.monotonic()
    assert list(watch.Watch().stream(core.list_namespaced_config_map, namespace, label_selector="none=none", timeout_seconds=1)) == []
    assert time.monotonic() - started < 30


def test_object_leaves_the_selection(namespace):
    core = client.CoreV1Api()
    version = create(core, namespace, "a").metadata.resource_version
    core.patch_namespaced_config_map("a", namespace, {"metadata": {"labels": {"watched": "no"}}})
    stream = watch.Watch().stream(
        core.list_namespaced_config_map, namespace, resource_version=version, label_selector="watched=yes", timeout_seconds=60)
    assert read(stream, 1) == [("DELETED", "a")]


def test_version_of_the_future(namespace):
    with Refused(504) as refused:
        client.CoreV1Api().list_namespaced_config_map(namespace, resource_version="9999999999", resource_version_match="NotOlderThan")
    assert "Too large resource version" in refused.body


def test_dynamic_watch(namespace):
    api = dynamic.DynamicClient(client.ApiClient())
    maps = api.resources.get(api_version="v1", kind="ConfigMap")
    create(client.CoreV1Api(), namespace, "a", k="v")
    for event in maps.watch(namespace=namespace, label_selector="watched=yes", timeout=60):
        assert event["type"] == "ADDED" and event["object"].data.k == "v"
        break


def test_leader_election(namespace):
    """One of two candidates leads; the other takes over when it is gone."""
    leaders = []

    def candidate(name):
        def leads():
            leaders.append(name)
            raise SystemExit

        config = electionconfig.Config(
            ConfigMapLock("lock", namespace, name), lease_duration=3, renew_deadline=2, retry_period=1, onstarted_leading=leads,
            onstopped_leading=lambda: None)
        leaderelection.LeaderElection(config).run()

    first = threading.Thread(target=candidate, args=("one",), daemon=True)
    second = threading.Thread(target=candidate, args=("two",), daemon=True)
    first.start()
    second.start()
    deadline = time.monotonic() + 60
    core = client.CoreV1Api()
    while not leaders:
        assert time.monotonic() < deadline, "nobody leads"
        try:
            lock = core.read_namespaced_config_map("lock", namespace)
            assert "control-plane.alpha.kubernetes.io/leader" in lock.metadata.annotations
        except ApiException as error:
            assert error.status == 404
    assert len(leaders) == 1, leaders


def test_lease(namespace):
    """Two holders of a Lease: the one that is late loses."""
    leases = client.CoordinationV1Api()
    spec = {"holderIdentity": "one", "leaseDurationSeconds": 15, "acquireTime": "2026-01-01T00:00:00.123456Z", "renewTime": "2026-01-01T00:00:00.500000Z"}
    created = leases.create_namespaced_lease(namespace, {"metadata": {"name": "lease"}, "spec": spec})
    assert created.spec.acquire_time.microsecond == 123456
    mine, other = leases.read_namespaced_lease("lease", namespace), leases.read_namespaced_lease("lease", namespace)
    mine.spec.holder_identity = "two"
    leases.replace_namespaced_lease("lease", namespace, mine)
    other.spec.holder_identity = "three"
    with Refused(409, "Conflict"):
        leases.replace_namespaced_lease("lease", namespace, other)


main(globals())
