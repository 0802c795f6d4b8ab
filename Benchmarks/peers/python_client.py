"""Calls a second of the official Python client: python_client.py URL CA COUNT."""

import sys
import time

from kubernetes import client

url, ca, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
configuration = client.Configuration()
configuration.host = url
configuration.ssl_ca_cert = ca
core = client.CoreV1Api(client.ApiClient(configuration))
core.read_namespaced_config_map("settings", "default")
start = time.perf_counter()
for _ in range(count):
    core.read_namespaced_config_map("settings", "default")
print(count / (time.perf_counter() - start))
