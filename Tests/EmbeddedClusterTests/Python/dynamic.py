"""The dynamic client and custom resources."""

from harness import Refused, main, text
from kubernetes import client, dynamic
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError, ResourceNotFoundError, UnprocessibleEntityError


def definition(plural, kind):
    schema = {"type": "object", "properties": {
        "spec": {"type": "object", "required": ["size"], "properties": {
            "size": {"type": "integer", "minimum": 1}, "colour": {"type": "string", "default": "red", "enum": ["red", "blue"]},
            "parts": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {
                "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "count": {"type": "integer"}}}}},
            "x-kubernetes-validations": [{"rule": "self.size >= oldSelf.size", "message": "it cannot shrink"}]},
        "status": {"type": "object", "properties": {"phase": {"type": "string"}}}}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}, "subresources": {"status": {}}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{plural}.example.com"},
        "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": plural, "singular": kind.lower(), "kind": kind}, "versions": [version]}}


def define(plural, kind):
    """Creates the kind and waits until it is served."""
    from kubernetes import watch
    extensions = client.ApiextensionsV1Api()
    extensions.create_custom_resource_definition(definition(plural, kind))
    stream = watch.Watch()
    name = f"metadata.name={plural}.example.com"
    for event in stream.stream(extensions.list_custom_resource_definition, field_selector=name, timeout_seconds=60):
        conditions = event["object"].status.conditions or []
        if any(condition.type == "Established" and condition.status == "True" for condition in conditions):
            stream.stop()
            return
    raise AssertionError(f"{plural} are not established")


def test_custom_objects_api(namespace):
    define("boxes", "Box")
    objects = client.CustomObjectsApi()
    where = ("example.com", "v1", namespace, "boxes")
    body = {"apiVersion": "example.com/v1", "kind": "Box", "metadata": {"name": "b"}, "spec": {"size": 2}}
    assert objects.create_namespaced_custom_object(*where, body)["spec"]["colour"] == "red"
    with Refused(422, "Invalid") as refused:
        objects.create_namespaced_custom_object(*where, dict(body, metadata={"name": "c"}, spec={"size": 0, "colour": "green"}))
    assert "spec.size" in refused.body and "spec.colour" in refused.body
    with Refused(422, "Invalid") as refused:
        objects.patch_namespaced_custom_object(*where, "b", {"spec": {"size": 1}})
    assert "it cannot shrink" in refused.body
    patched = objects.patch_namespaced_custom_object(*where, "b", {"spec": {"size": 3}})
    assert patched["metadata"]["generation"] == 2
    status = objects.patch_namespaced_custom_object_status(*where, "b", {"status": {"phase": "Packed"}, "spec": {"size": 9}})
    assert status["status"]["phase"] == "Packed" and status["spec"]["size"] == 3 and status["metadata"]["generation"] == 2
    assert len(objects.list_namespaced_custom_object(*where)["items"]) == 1
    assert objects.list_cluster_custom_object("example.com", "v1", "boxes")["kind"] == "BoxList"
    objects.delete_namespaced_custom_object(*where, "b")
    with Refused(404, "NotFound"):
        objects.get_namespaced_custom_object(*where, "b")


def test_dynamic_client(namespace):
    define("crates", "Crate")
    api = dynamic.DynamicClient(client.ApiClient())
    crates = api.resources.get(api_version="example.com/v1", kind="Crate")
    assert crates.namespaced and crates.name == "crates"
    body = {"apiVersion": "example.com/v1", "kind": "Crate", "metadata": {"name": "c"}, "spec": {"size": 1, "parts": [{"name": "lid", "count": 1}]}}
    created = crates.create(body=body, namespace=namespace)
    assert created.spec.colour == "red"
    try:
        crates.create(body=body, namespace=namespace)
        raise AssertionError("created twice")
    except ConflictError:
        pass
    try:
        crates.create(body=dict(body, metadata={"name": "d"}, spec={}), namespace=namespace)
        raise AssertionError("created without a size")
    except UnprocessibleEntityError as error:
        assert "spec.size" in text(error.body)
    merged = crates.patch(body={"spec": {"size": 2}}, name="c", namespace=namespace, content_type="application/merge-patch+json")
    assert merged.spec.size == 2 and merged.spec.parts[0].name == "lid"
    merged.spec.colour = "blue"
    assert crates.replace(body=merged.to_dict(), namespace=namespace).spec.colour == "blue"
    crates.status.patch(body={"status": {"phase": "Full"}}, name="c", namespace=namespace, content_type="application/merge-patch+json")
    assert crates.get(name="c", namespace=namespace).status.phase == "Full"
    crates.delete(name="c", namespace=namespace)
    try:
        crates.get(name="c", namespace=namespace)
        raise AssertionError("still there")
    except NotFoundError:
        pass


def test_dynamic_client_with_built_ins(namespace):
    api = dynamic.DynamicClient(client.ApiClient())
    maps = api.resources.get(api_version="v1", kind="ConfigMap")
    maps.create(body={"metadata": {"name": "m", "labels": {"x": "y"}}, "data": {"a": "b"}}, namespace=namespace)
    assert [item.metadata.name for item in maps.get(namespace=namespace, label_selector="x=y").items] == ["m"]
    deployments = api.resources.get(api_version="apps/v1", kind="Deployment")
    assert "scale" in deployments.subresources and "deploy" in deployments.short_names
    try:
        api.resources.get(api_version="example.com/v1", kind="Nothing")
        raise AssertionError("found")
    except ResourceNotFoundError:
        pass


def test_server_side_apply(namespace):
    api = dynamic.DynamicClient(client.ApiClient())
    maps = api.resources.get(api_version="v1", kind="ConfigMap")

    def apply(manager, data, force=False):
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "shared"}, "data": data}
        return api.server_side_apply(maps, body=body, name="shared", namespace=namespace, field_manager=manager, force_conflicts=force)

    apply("one", {"a": "1", "b": "1"})
    apply("two", {"a": "1", "c": "2"})
    try:
        apply("two", {"a": "2", "c": "2"})
        raise AssertionError("there is no conflict")
    except ConflictError as error:
        assert 'conflict with \\"one\\"' in text(error.body) and ".data.a" in text(error.body), error.body
    assert apply("two", {"a": "2", "c": "2"}, force=True).data.to_dict() == {"a": "2", "b": "1", "c": "2"}
    assert apply("one", {"b": "1"}).data.to_dict() == {"a": "2", "b": "1", "c": "2"}
    assert apply("one", {}).data.to_dict() == {"a": "2", "c": "2"}
    managers = {(entry.manager, entry.operation) for entry in maps.get(name="shared", namespace=namespace).metadata.managedFields}
    assert ("two", "Apply") in managers


main(globals())
