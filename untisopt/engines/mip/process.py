"""Runs one MIP solver in a process of its own: `python -m untisopt.engines.mip.process`.

HiGHS cannot be interrupted from another thread, and a process can be ended at any moment. It reads one request from
its standard input and writes messages to its standard output, each a byte for its kind, four for its length, and the
content: lines of the solver's log while it works, then the response. Requests and responses are those of MathOpt's
remote calls (`ortools/math_opt/rpc.proto`).
"""

from __future__ import annotations

import struct
import sys
from typing import IO

HEADER = struct.Struct("<cI")
LOG, RESPONSE, FAILURE = b"l", b"r", b"f"


def send(stream: IO[bytes], kind: bytes, content: bytes) -> None:
    """Write one message."""
    stream.write(HEADER.pack(kind, len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one message; None at the end of the stream."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    content = stream.read(length)
    return (kind, content) if len(content) == length else None


def solve(request: bytes, out: IO[bytes]) -> None:
    """Solve one request and write what the solver says."""
    from ortools.math_opt import callback_pb2, rpc_pb2  # type: ignore[import-untyped]
    from ortools.math_opt.core.python import solver  # type: ignore[import-untyped]

    wanted = rpc_pb2.SolveRequest.FromString(request)

    def log(lines: list[str]) -> None:
        send(out, LOG, "\n".join(lines).encode())

    result = solver.solve(
        wanted.model,
        wanted.solver_type,
        wanted.initializer,
        wanted.parameters,
        wanted.model_parameters,
        log,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    send(out, RESPONSE, result.SerializeToString())


def main() -> int:
    """Serve one request."""
    out = sys.stdout.buffer
    # Whatever a library prints must not get between the messages.
    sys.stdout = sys.stderr
    try:
        solve(sys.stdin.buffer.read(), out)
    except Exception as error:  # noqa: BLE001  handed to the process that waits
        send(out, FAILURE, f"{type(error).__name__}: {error}".encode())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
