"""
Runs a Pulumi program in Python against a monitor, as the language host of the Pulumi CLI does.

It starts with one argument, a JSON object: where the monitor is, what the project is called, what to run. Two things it
does for the sake of the preview: answers that nobody has stand in as unknown values, and errors are told with the way
to them, innermost place first.
"""

import asyncio
import json
import logging
import os
import pathlib
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

# The folder of this file is none of the program's.
if sys.path and os.path.realpath(sys.path[0]) == os.path.dirname(os.path.realpath(__file__)):
    del sys.path[0]

try:
    import pulumi
    import pulumi.runtime
    import grpc
    from google.protobuf import empty_pb2
    from pulumi.output import Unknown
    from pulumi.runtime import resource as registering
    from pulumi.runtime import rpc
    from pulumi.runtime.proto import source_pb2
except ImportError as error:
    sys.exit(f"preflight: pulumi cannot be imported: {error}")

if not hasattr(registering, "_get_source_position"):
    from importlib.metadata import version

    sys.exit(f"preflight: pulumi {version('pulumi')} is too old")

UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNPACKING = {"UNPACK_SEQUENCE", "UNPACK_EX"}


class StandIn(str, Unknown):
    """
    What an answer that nobody has reads as, however deep it is read.

    The SDK hands what a data source returns to the program as plain data, so a program may do anything with it. It is a
    text, which is what most answers are, and the one that Pulumi takes for an unknown value.
    """

    def __new__(cls):
        return str.__new__(cls, UNKNOWN_TEXT)

    def __getattribute__(self, name):
        if name.startswith("__"):
            return str.__getattribute__(self, name)
        if name in ("items", "popitem"):
            return lambda *_, **__: StandInPair()
        if name in ("encode", "join", "format", "format_map"):
            return str.__getattribute__(self, name)
        # A protocol of somebody's, such as that of rich displays, it does not know.
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __bool__(self):
        # The code of the SDKs asks whether a value is of its type, where there is one.
        arguments = sys._getframe(1).f_code.co_varnames
        return arguments[:1] != ("__self__",)

    def __iter__(self):
        """A list of unknown length has one element, so that what the program makes of each is seen."""
        return iter([self] * unpacked_into(sys._getframe(1)))

    def __len__(self):
        return 1

    def __call__(self, *_, **__):
        return self

    def __add__(self, other):
        return UNKNOWN_TEXT + other if isinstance(other, str) else self

    def __radd__(self, other):
        return other + UNKNOWN_TEXT if isinstance(other, str) else self

    def __same(self, *_):
        return self

    def __yes(self, *_):
        return True

    def __no(self, *_):
        return False

    __getitem__ = __same
    __enter__ = __same
    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __same
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __same
    __neg__ = __pos__ = __abs__ = __round__ = __invert__ = __same
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __same
    __copy__ = __deepcopy__ = __same
    __contains__ = __yes
    __lt__ = __le__ = __gt__ = __ge__ = __exit__ = __no

    def __setitem__(self, *_):
        pass

    def __delitem__(self, *_):
        pass

    def __setattr__(self, *_):
        pass

    def __int__(self):
        return 1

    __index__ = __int__

    def __float__(self):
        return float("nan")

    def __format__(self, _):
        return UNKNOWN_TEXT

    def __reduce__(self):
        return (str, (UNKNOWN_TEXT,))


class StandInPair(StandIn):
    """The entries of an unknown map: one, with a key and a value."""

    def __iter__(self):
        return iter([(unknown, unknown)])


def unpacked_into(frame):
    """How many names `a, b = value` has, when that is what a value is iterated for."""
    import dis

    code, at = frame.f_code.co_code, frame.f_lasti
    if dis.opname[code[at]] not in UNPACKING:
        return 1
    count = code[at + 1]
    return max(count, 1)


unknown = StandIn()


def stand_in(mark):
    """Makes answers that carry the mark of one left open unknown."""
    deserialize = rpc.deserialize_properties
    rpc.deserialize_properties = lambda struct, *args, **kwargs: (
        unknown if mark in struct else deserialize(struct, *args, **kwargs)
    )
    # A data source asked with a stand-in is not asked at all by the SDK, and returns nothing.
    rpc.struct_contains_unknowns = lambda _: False
    rpc.serialize_property = with_unknown_maps(rpc.serialize_property)
    get = pulumi.get
    pulumi.get = lambda value, name: unknown if isinstance(value, StandIn) else get(value, name)
    # A document that nobody has is not known, whatever is in it.
    loads = json.loads
    json.loads = lambda text, *args, **kwargs: (
        unknown if text == UNKNOWN_TEXT else loads(text, *args, **kwargs)
    )


def with_unknown_maps(serialize):
    """Of a map with an unknown key nobody knows what is in it."""

    async def serialized(*args, **kwargs):
        sent = await serialize(*args, **kwargs)
        hides = isinstance(sent, dict) and any(UNKNOWN_TEXT in str(key) for key in sent)
        return UNKNOWN_TEXT if hides else sent

    return serialized


def column_of(code, instruction):
    """Where in its line an instruction begins, from 1; 0 where Python does not tell."""
    if not hasattr(code, "co_positions"):
        return 0
    for at, (_, _, column, _) in enumerate(code.co_positions()):
        if at == instruction // 2:
            return 0 if column is None else column + 1
    return 0


def frames_above(frame):
    while frame is not None:
        yield frame
        frame = frame.f_back


def made_at(frame):
    """The way through the program to where a resource is made, innermost place first."""
    frames = list(frames_above(frame))
    made = frame.f_locals.get("res")

    def constructs(f):
        own = f.f_code.co_varnames[:1]
        return bool(own) and f.f_code.co_argcount > 0 and f.f_locals.get(own[0]) is made

    last = max((at for at, f in enumerate(frames) if constructs(f)), default=0)
    for f in frames[last + 1 :]:
        path = f.f_code.co_filename
        if not path.startswith("<"):
            yield source_pb2.SourcePosition(
                uri=pathlib.Path(os.path.abspath(path)).as_uri(),
                line=f.f_lineno,
                column=column_of(f.f_code, f.f_lasti),
            )


def say_where():
    """The SDK's own count of the frames goes wrong for resources without a class of their own."""
    if hasattr(registering, "_get_stack_trace"):
        registering._get_stack_trace = lambda: source_pb2.StackTrace(
            frames=[source_pb2.StackFrame(pc=place) for place in made_at(sys._getframe(1))]
        )
        return
    # An older SDK tells one place only.
    registering._get_source_position = lambda *_: next(
        (place for place in made_at(sys._getframe(1)) if "site-packages" not in place.uri), None
    )


def told(error):
    """An error and the places it came through, one a line, as `python.ts` reads them."""
    lines = [reason_of(error)]
    if isinstance(error, SyntaxError) and error.filename:
        lines.append(f"    at {os.path.abspath(error.filename)}:{error.lineno or 1}:{error.offset or 1}")
    seen = set()
    cause = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        for frame, line in reversed(list(traceback.walk_tb(cause.__traceback__))):
            path = frame.f_code.co_filename
            if not path.startswith("<"):
                lines.append(f"    at {os.path.abspath(path)}:{line}")
        cause = cause.__cause__
    return "\n".join(lines)


def reason_of(error):
    if isinstance(error, KeyError) and raised_in(error) is type(os.environ).__getitem__.__code__:
        return f"the program needs the environment variable {error.args[0]}, which is not set: set it for this command."
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    # A key alone says nothing without its kind of error; a plain exception's kind says nothing.
    plain = isinstance(error, (pulumi.RunError, SyntaxError)) or type(error) is Exception
    text = said if plain and said else f"{type(error).__name__}: {said}" if said else type(error).__name__
    why = str(error.__cause__ or "")
    return text if why in text else f"{text}: {why}"


def raised_in(error):
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_code


def main():
    how = json.loads(sys.argv[1])
    stand_in(how["mark"])
    say_where()
    pulumi.runtime.set_all_config(
        pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env()
    )
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            monitor=how["address"],
            engine=how["address"],
            project=how["project"],
            stack=how["stack"],
            organization=how["organization"],
            parallel=how["parallel"],
            dry_run=True,
            **({"root_directory": how["root"]} if hasattr(pulumi, "get_root_directory") else {}),
        )
    )
    program = how["program"]
    sys.argv = [program]
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    threads = ThreadPoolExecutor(max_workers=how["parallel"] * 4)
    loop.set_default_executor(threads)
    # A program that fails leaves much of what it began unawaited.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    code = 0

    def run():
        nonlocal code
        try:
            runpy.run_path(program, run_name="__main__")
        except SystemExit as end:
            # Resources on their way are registered all the same.
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1

    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(run))
        # Older SDKs end without a word.
        with grpc.insecure_channel(how["address"]) as channel:
            channel.unary_unary(
                "/pulumirpc.ResourceMonitor/SignalAndWaitForShutdown",
                request_serializer=empty_pb2.Empty.SerializeToString,
                response_deserializer=empty_pb2.Empty.FromString,
            )(empty_pb2.Empty())
    except Exception as error:  # noqa: BLE001
        pulumi.log.error(told(error))
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
