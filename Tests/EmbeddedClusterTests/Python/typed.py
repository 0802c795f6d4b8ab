"""The typed API: what people write who follow the client's examples."""

import base64

from harness import Refused, main
from kubernetes import client, utils
from kubernetes.client.exceptions import ApiException


def deployment(name):
    container = client.V1Container(
        name="web", image="nginx:1", ports=[client.V1ContainerPort(container_port=80)],
        resources=client.V1ResourceRequirements(requests={"cpu": "100m", "memory": "64Mi"}))
    template = client.V1PodTemplateSpec(metadata=client.V1ObjectMeta(labels={"app": name}), spec=client.V1PodSpec(containers=[container]))
    spec = client.V1DeploymentSpec(replicas=2, selector=client.V1LabelSelector(match_labels={"app": name}), template=template)
    return client.V1Deployment(metadata=client.V1ObjectMeta(name=name), spec=spec)


def test_config_maps(namespace):
    core = client.CoreV1Api()
    body = client.V1ConfigMap(metadata=client.V1ObjectMeta(name="settings", labels={"a": "b"}), data={"k": "v"})
    created = core.create_namespaced_config_map(namespace, body)
    assert created.metadata.uid and created.metadata.creation_timestamp.tzinfo
    with Refused(409, "AlreadyExists"):
        core.create_namespaced_config_map(namespace, body)
    created.data["k"] = "w"
    updated = core.replace_namespaced_config_map("settings", namespace, created)
    assert updated.metadata.resource_version != created.metadata.resource_version
    with Refused(409, "Conflict"):
        core.replace_namespaced_config_map("settings", namespace, created)
    assert core.read_namespaced_config_map("settings", namespace).data == {"k": "w"}
    found = core.list_namespaced_config_map(namespace, label_selector="a=b", field_selector="metadata.name=settings")
    assert [item.metadata.name for item in found.items] == ["settings"]
    core.delete_namespaced_config_map("settings", namespace)
    with Refused(404, "NotFound"):
        core.read_namespaced_config_map("settings", namespace)


def test_secrets(namespace):
    core = client.CoreV1Api()
    secret = core.create_namespaced_secret(namespace, client.V1Secret(metadata=client.V1ObjectMeta(name="s"), string_data={"password": "x"}))
    assert base64.b64decode(secret.data["password"]) == b"x" and secret.type == "Opaque"


def test_deployments(namespace):
    apps = client.AppsV1Api()
    created = apps.create_namespaced_deployment(namespace, deployment("web"))
    assert created.spec.strategy.rolling_update.max_surge == "25%" and created.metadata.generation == 1
    created.spec.template.spec.containers[0].image = "nginx:2"
    assert apps.patch_namespaced_deployment("web", namespace, created).metadata.generation == 2
    scale = apps.read_namespaced_deployment_scale("web", namespace)
    assert scale.spec.replicas == 2 and scale.status.selector == "app=web"
    scale.spec.replicas = 5
    apps.replace_namespaced_deployment_scale("web", namespace, scale)
    apps.patch_namespaced_deployment_scale("web", namespace, {"spec": {"replicas": 6}})
    assert apps.read_namespaced_deployment("web", namespace).spec.replicas == 6
    apps.patch_namespaced_deployment_status("web", namespace, {"status": {"replicas": 3}})
    assert apps.read_namespaced_deployment_status("web", namespace).status.replicas == 3
    apps.delete_namespaced_deployment("web", namespace, propagation_policy="Background", grace_period_seconds=0)


def test_wrong_objects(namespace):
    apps = client.AppsV1Api()
    wrong = deployment("Web_1")
    wrong.spec.selector.match_labels = {"app": "other"}
    with Refused(422, "Invalid") as refused:
        apps.create_namespaced_deployment(namespace, wrong)
    assert "metadata.name" in refused.body and "spec.template.metadata.labels" in refused.body
    with Refused(404, "NotFound"):
        apps.create_namespaced_deployment("no-such-namespace", deployment("web"))


def test_pagination(namespace):
    core = client.CoreV1Api()
    for index in range(25):
        core.create_namespaced_config_map(namespace, {"metadata": {"name": f"page-{index:02}"}})
    names, token, remaining = [], None, []
    while True:
        page = core.list_namespaced_config_map(namespace, limit=10, _continue=token, field_selector="metadata.name!=kube-root-ca.crt")
        names += [item.metadata.name for item in page.items]
        token = page.metadata._continue
        if not token:
            break
    assert names == [f"page-{index:02}" for index in range(25)], names
    core.delete_collection_namespaced_config_map(namespace, label_selector="!keep")
    assert not [item for item in core.list_namespaced_config_map(namespace).items if item.metadata.name.startswith("page-")]


def test_patches(namespace):
    core = client.CoreV1Api()
    core.create_namespaced_config_map(namespace, {"metadata": {"name": "p"}, "data": {"a": "1"}})
    core.patch_namespaced_config_map("p", namespace, {"data": {"b": "2"}})
    patched = core.patch_namespaced_config_map("p", namespace, [{"op": "remove", "path": "/data/a"}])
    assert patched.data == {"b": "2"}
    with Refused(422):
        core.patch_namespaced_config_map("p", namespace, [{"op": "test", "path": "/data/b", "value": "9"}])
    assert core.patch_namespaced_config_map("p", namespace, {"data": {"b": "3"}}, dry_run="All").data == {"b": "3"}
    assert core.read_namespaced_config_map("p", namespace).data == {"b": "2"}


def test_create_from_yaml(namespace):
    objects = [
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "worker"}},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "reader"},
         "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]},
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "job"},
         "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}}},
    ]
    utils.create_from_yaml(client.ApiClient(), yaml_objects=objects, namespace=namespace)
    job = client.BatchV1Api().read_namespaced_job("job", namespace)
    assert job.spec.completions == 1 and job.spec.template.metadata.labels["batch.kubernetes.io/job-name"] == "job"
    try:
        utils.create_from_yaml(client.ApiClient(), yaml_objects=objects[:1], namespace=namespace)
        raise AssertionError("created twice")
    except utils.FailToCreateError as error:
        assert error.api_exceptions[0].reason == "Conflict"


def test_pods(namespace):
    core = client.CoreV1Api()
    spec = {"containers": [{"name": "c", "image": "i"}], "nodeName": "none"}
    core.create_namespaced_pod(namespace, {"metadata": {"name": "p", "labels": {"app": "p"}}, "spec": spec})
    pod = core.read_namespaced_pod("p", namespace)
    assert pod.status.phase == "Pending" and pod.status.qos_class == "BestEffort" and pod.spec.service_account_name == "default"
    core.patch_namespaced_pod_status("p", namespace, {"status": {"phase": "Running"}})
    running = core.list_pod_for_all_namespaces(field_selector="status.phase=Running,spec.nodeName=none")
    assert ["p"] == [item.metadata.name for item in running.items if item.metadata.namespace == namespace]
    eviction = client.V1Eviction(metadata=client.V1ObjectMeta(name="p"), delete_options=client.V1DeleteOptions(grace_period_seconds=0))
    core.create_namespaced_pod_eviction("p", namespace, eviction)
    with Refused(404):
        core.read_namespaced_pod("p", namespace)


def test_eviction_under_a_budget(namespace):
    core, policy = client.CoreV1Api(), client.PolicyV1Api()
    policy.create_namespaced_pod_disruption_budget(namespace, {
        "metadata": {"name": "b"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "p"}}}})
    core.create_namespaced_pod(namespace, {"metadata": {"name": "p", "labels": {"app": "p"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}})
    core.patch_namespaced_pod_status("p", namespace, {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}})
    with Refused(429, "TooManyRequests"):
        core.create_namespaced_pod_eviction("p", namespace, {"metadata": {"name": "p"}})
    assert core.read_namespaced_pod("p", namespace).metadata.deletion_timestamp is None


def test_namespaces_end(namespace):
    core = client.CoreV1Api()
    core.create_namespaced_config_map(namespace, {"metadata": {"name": "held", "finalizers": ["example.com/hold"]}})
    core.delete_namespace(namespace)
    assert core.read_namespace(namespace).status.phase == "Terminating"
    with Refused(403, "Forbidden"):
        core.create_namespaced_config_map(namespace, {"metadata": {"name": "late"}})
    core.patch_namespaced_config_map("held", namespace, [{"op": "remove", "path": "/metadata/finalizers"}])
    from kubernetes import watch
    for event in watch.Watch().stream(core.list_namespace, field_selector=f"metadata.name={namespace}", timeout_seconds=60):
        if event["type"] == "DELETED":
            return
    try:
        core.read_namespace(namespace)
        raise AssertionError("the namespace is still there")
    except ApiException as error:
        assert error.status == 404


main(globals())
