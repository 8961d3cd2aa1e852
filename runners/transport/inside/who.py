"""The identity of an interpreter for its hello. This text is a part of the agent, and follows the rules of agent.py."""

import sys

try:
    import os
except ImportError:
    pass


def text_of(version):
    return ".".join([str(part) for part in version[:3]])


def build_flags():
    """Short words for the differences between this build or start and the default one."""
    words = []
    flags = getattr(sys, "flags", None)
    if hasattr(sys, "gettotalrefcount"):
        words.append("debug")
    if "free-threading" in sys.version:
        words.append("freethreaded")
        if getattr(sys, "_is_gil_enabled", bool)():
            words.append("gil")
    if getattr(getattr(sys, "_jit", None), "is_enabled", bool)():
        words.append("jit")
    optimize = getattr(flags, "optimize", 0)
    if optimize:
        words.append("O" * optimize)
    if getattr(flags, "dev_mode", False):
        words.append("dev")
    elif environment("PYTHONASYNCIODEBUG") and not getattr(flags, "ignore_environment", 0):
        words.append("asyncio-debug")
    if getattr(flags, "isolated", 0):
        words.append("isolated")
    if "error" in getattr(sys, "warnoptions", ()):
        words.append("Werror")
    if is_sub():
        words.append("subinterpreter")
    words.extend(environment("CONFORMANCE_BUILD").split())  # only a wrapper knows these
    return words


def environment(name):
    """The value of an environment variable; empty if there is no such variable or no environment."""
    try:
        return os.environ.get(name, "")
    except (NameError, AttributeError):
        return ""


def is_sub():
    """Whether this is not the main interpreter of its process; always False before 3.14, which cannot tell."""
    try:
        import _interpreters

        return _interpreters.get_current()[0] != _interpreters.get_main()[0]
    except (ImportError, AttributeError, TypeError):
        return False


def system():
    """The operating system and the processor, such as Linux and x86_64; (None, None) if they are unknown."""
    try:
        told = os.uname()
        return str(told[0]), str(told[4])
    except Exception:
        return None, None


def loop(build):
    """The package of the event loop policy that the start installed, and its version; None for asyncio's own.

    A policy that comes with the implementation is not told: a word of the build begins with its package.
    """
    policy = getattr(sys.modules.get("asyncio.events"), "_event_loop_policy", None)
    if policy is None:
        return None  # also in MicroPython, whose types have no __module__
    package = type(policy).__module__.split(".")[0]
    if package == "asyncio" or [word for word in build if word.startswith(package)]:
        return None
    version = getattr(sys.modules.get(package), "__version__", None)
    return package if version is None else "%s %s" % (package, version)


def who():
    """The part of a hello that says which interpreter this is."""
    implementation = getattr(sys, "implementation", None)
    name = getattr(implementation, "name", None) or ("pypy" if "PyPy" in sys.version else "cpython")
    version = getattr(implementation, "version", None) or sys.version_info
    answer = {
        "implementation": name,
        "implementation_version": text_of(version),
        "language_version": text_of(sys.version_info),
        "version_text": sys.version,
        "build": build_flags(),
        "platform": getattr(sys, "platform", None),
        "executable": getattr(sys, "executable", None),
        "absent": None,
    }
    answer["system"], answer["machine"] = system()
    answer["loop"] = loop(answer["build"])
    if getattr(version, "releaselevel", "final") not in ("final", ""):
        answer["implementation_version"] += "%s%d" % (version.releaselevel[:1], version.serial)
    return answer
