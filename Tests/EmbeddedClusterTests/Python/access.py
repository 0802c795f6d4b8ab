"""Tokens, rights and reviews."""

import copy

from harness import Refused, main
from kubernetes import client


def token(core, namespace, account, **spec):
    core.create_namespaced_service_account(namespace, {"metadata": {"name": account}})
    request = client.AuthenticationV1TokenRequest(spec=client.V1TokenRequestSpec(audiences=[], expiration_seconds=600))
    return core.create_namespaced_service_account_token(account, namespace, request).status


def client_of(bearer):
    configuration = copy.deepcopy(client.Configuration.get_default_copy())
    configuration.api_key = {"authorization": bearer}
    configuration.api_key_prefix = {"authorization": "Bearer"}
    configuration.cert_file = configuration.key_file = None
    configuration.refresh_api_key_hook = None
    return client.ApiClient(configuration)


def test_token_of_a_service_account(namespace):
    core, rbac = client.CoreV1Api(), client.RbacAuthorizationV1Api()
    issued = token(core, namespace, "worker")
    assert issued.expiration_timestamp
    worker = client.CoreV1Api(client_of(issued.token))
    core.create_namespaced_config_map(namespace, {"metadata": {"name": "m"}})
    with Refused(403, "Forbidden") as refused:
        worker.read_namespaced_config_map("m", namespace)
    assert f'User \\"system:serviceaccount:{namespace}:worker\\" cannot get resource \\"configmaps\\"' in refused.body
    rbac.create_namespaced_role(namespace, {"metadata": {"name": "reader"}, "rules": [
        {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"], "resourceNames": ["m"]}]})
    rbac.create_namespaced_role_binding(namespace, {
        "metadata": {"name": "reader"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"},
        "subjects": [{"kind": "ServiceAccount", "name": "worker", "namespace": namespace}]})
    assert worker.read_namespaced_config_map("m", namespace).metadata.name == "m"
    for refused_call in (
        lambda: worker.list_namespaced_config_map(namespace), lambda: worker.delete_namespaced_config_map("m", namespace),
        lambda: worker.read_namespaced_config_map("n", namespace), lambda: worker.list_node(),
    ):
        with Refused(403, "Forbidden"):
            refused_call()


def test_no_more_rights_than_ones_own(namespace):
    core, rbac = client.CoreV1Api(), client.RbacAuthorizationV1Api()
    issued = token(core, namespace, "climber")
    rbac.create_namespaced_role(namespace, {"metadata": {"name": "roles"}, "rules": [
        {"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["create"]}]})
    rbac.create_namespaced_role_binding(namespace, {
        "metadata": {"name": "roles"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "roles"},
        "subjects": [{"kind": "ServiceAccount", "name": "climber", "namespace": namespace}]})
    climber = client.RbacAuthorizationV1Api(client_of(issued.token))
    with Refused(403, "Forbidden") as refused:
        climber.create_namespaced_role(namespace, {"metadata": {"name": "all"}, "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]})
    assert "is attempting to grant RBAC permissions not currently held" in refused.body


def test_wrong_tokens(namespace):
    for bearer in ("nonsense", "a.b.c"):
        with Refused(401, "Unauthorized"):
            client.CoreV1Api(client_of(bearer)).list_namespace()


def test_reviews(namespace):
    core, reviews = client.CoreV1Api(), client.AuthorizationV1Api()
    issued = token(core, namespace, "asker")

    def may(verb, resource, user=None):
        attributes = client.V1ResourceAttributes(namespace=namespace, verb=verb, resource=resource)
        if user is None:
            body = client.V1SelfSubjectAccessReview(spec=client.V1SelfSubjectAccessReviewSpec(resource_attributes=attributes))
            return reviews.create_self_subject_access_review(body).status.allowed
        body = client.V1SubjectAccessReview(spec=client.V1SubjectAccessReviewSpec(resource_attributes=attributes, user=user))
        return reviews.create_subject_access_review(body).status.allowed

    assert may("delete", "pods")
    assert not may("get", "pods", f"system:serviceaccount:{namespace}:asker")
    local = client.V1LocalSubjectAccessReview(metadata=client.V1ObjectMeta(namespace=namespace), spec=client.V1SubjectAccessReviewSpec(
        user="jane", resource_attributes=client.V1ResourceAttributes(namespace=namespace, verb="get", resource="pods")))
    assert not reviews.create_namespaced_local_subject_access_review(namespace, local).status.allowed
    rules = reviews.create_self_subject_rules_review(client.V1SelfSubjectRulesReview(spec=client.V1SelfSubjectRulesReviewSpec(namespace=namespace)))
    assert any("*" in rule.verbs and "*" in rule.resources for rule in rules.status.resource_rules)

    identities = client.AuthenticationV1Api()
    answer = identities.create_token_review(client.V1TokenReview(spec=client.V1TokenReviewSpec(token=issued.token)))
    assert answer.status.authenticated and answer.status.user.username == f"system:serviceaccount:{namespace}:asker"
    assert not identities.create_token_review(client.V1TokenReview(spec=client.V1TokenReviewSpec(token="x"))).status.authenticated
    asker = client.AuthenticationV1Api(client_of(issued.token))
    me = asker.create_self_subject_review(client.V1SelfSubjectReview()).status.user_info
    assert me.username == f"system:serviceaccount:{namespace}:asker" and f"system:serviceaccounts:{namespace}" in me.groups


def test_token_of_a_deleted_account(namespace):
    core = client.CoreV1Api()
    issued = token(core, namespace, "gone")
    core.delete_namespaced_service_account("gone", namespace)
    with Refused(401, "Unauthorized"):
        client.CoreV1Api(client_of(issued.token)).list_namespace()


main(globals())
