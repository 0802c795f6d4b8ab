"""Runs the functions of a script whose names begin with `test_`, each in a namespace of its own, against the cluster that KUBECONFIG names."""

import os
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import kubernetes
from kubernetes.client.exceptions import ApiException


class Refused:
    """Expects that the server refuses, with this code and reason."""

    def __init__(self, code, reason=None):
        self.code, self.reason = code, reason

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        assert error is not None, f"{self.code} was expected, and nothing was refused"
        if not isinstance(error, ApiException):
            return False
        assert error.status == self.code, f"{self.code} was expected, not {error.status}: {error.body}"
        assert self.reason is None or f'"reason":"{self.reason}"' in text(error.body).replace('": "', '":"'), f"{self.reason} was expected: {error.body}"
        self.body = text(error.body)
        return True


def text(body):
    return body.decode() if isinstance(body, bytes) else body or ""


def main(names):
    kubernetes.config.load_kube_config()
    tests = [(name, function) for name, function in names.items() if name.startswith("test_")]
    assert tests, "no tests"
    core = kubernetes.client.CoreV1Api()

    def run(test):
        name, function = test
        namespace = name.replace("_", "-")
        try:
            core.create_namespace({"metadata": {"name": namespace}})
            function(namespace)
        except BaseException:
            return f"{name} failed:\n{traceback.format_exc()}"

    with ThreadPoolExecutor(8) as pool:
        failures = [failure for failure in pool.map(run, tests) if failure]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(tests) - len(failures)} of {len(tests)} passed")
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that still wait for a watch would be torn down in the middle of it.
    os._exit(1 if failures else 0)
