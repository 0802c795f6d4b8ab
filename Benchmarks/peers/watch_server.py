"""An HTTP/2 server whose GETs never end: every POST sends one watch event to all of them. Run by granian."""

import asyncio
import json

watchers: set[asyncio.Queue] = set()


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
        number = scope["query_string"].decode().partition("=")[2] or "0"
        metadata = {"name": "settings", "namespace": "default", "resourceVersion": str(100 + int(number))}
        event = {"type": "MODIFIED", "object": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"number": number}}}
        line = json.dumps(event).encode() + b"\n"
        for queue in watchers:
            queue.put_nowait(line)
        body = json.dumps({"watchers": len(watchers)}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})
        return
    queue: asyncio.Queue = asyncio.Queue()
    watchers.add(queue)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
    finally:
        watchers.discard(queue)
