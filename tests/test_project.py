"""The rules of the project itself: who may import whom, what templates may hold, what must be documented."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("barometer_site", "cases", "survey")
MAY_IMPORT = {"barometer_site": {"cases", "survey"}, "cases": {"survey"}, "survey": set()}
MOST_LINES = 300
RISKY = ("RemoveField", "DeleteModel", "RenameField", "RenameModel", "AlterField", "RunSQL", "RunPython")


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found, f"No modules under {folders}"
    return found


def templates() -> list[Path]:
    found = sorted((ROOT / "templates").rglob("*.html"))
    assert len(found) > 20, "The walk itself found too little."
    return found


def imported(path: Path) -> set[str]:
    """The packages that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    """The site knows cases and the survey, cases know the survey, the survey knows neither."""
    forbidden = set(PACKAGES) - {package} - MAY_IMPORT[package]
    wrong = {str(path.relative_to(ROOT)): found for path in modules(package) if (found := imported(path) & forbidden)}
    assert not wrong


def test_all_three_packages_are_looked_at() -> None:
    assert "survey" in set().union(*(imported(path) for path in modules("cases")))
    assert "cases" in set().union(*(imported(path) for path in modules("barometer_site")))


def test_imports_stand_at_the_top() -> None:
    """An import in a function hides that two modules need each other; apps.py must wait until the apps are there."""
    wrong = []
    for path in modules(*PACKAGES):
        if path.name == "apps.py":
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                wrong += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert not wrong


def test_templates_stay_safe_under_the_policy() -> None:
    """No code and no style in the page itself: the policy would refuse it, and an attacker's too."""
    inline = re.compile(
        r"<script(?![^>]*(\bsrc=|type=\"application/ld\+json\"))|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
    )
    wrong = {
        str(path.relative_to(ROOT)): found[0] for path in templates() if (found := inline.search(path.read_text()))
    }
    assert not wrong


def test_templates_ask_nothing_from_elsewhere() -> None:
    """No picture, font, style or script from another address."""
    outside = re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed)[^>]*\ssrc=[\"']?(?:https?:)?//|<link[^>]*rel=[\"']?(?:stylesheet|preload|icon)[^>]*href=[\"']?(?:https?:)?//"
    )
    assert not [str(path.relative_to(ROOT)) for path in templates() if outside.search(path.read_text())]
    styles = list((ROOT / "static").rglob("*.css"))
    assert styles
    assert not [str(path) for path in styles if re.search(r"url\([\"']?(?:https?:)?//|@import", path.read_text())]


def test_modules_can_be_read_in_one_sitting() -> None:
    paths = [*modules(*PACKAGES, "tests"), *(ROOT / "script").glob("*.py")]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in paths
        if "migrations" not in path.parts
    }
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_risky_steps_are_explained() -> None:
    """A migration that can lose something says in a comment why it does not."""
    migrations = [path for package in PACKAGES for path in (ROOT / package / "migrations").glob("[0-9]*.py")]
    assert len(migrations) >= len(PACKAGES)
    wrong = [
        f"{path.relative_to(ROOT)}: say `# {step} is safe because ...`"
        for path in migrations
        for step in RISKY
        if f"migrations.{step}(" in (text := path.read_text()) and f"# {step} is safe because" not in text
    ]
    assert not wrong


def test_settings_stay_small() -> None:
    for path in modules("barometer_site/settings"):
        assert len(path.read_text().splitlines()) <= 200, path


def test_the_project_speaks_only_of_itself() -> None:
    """Nothing refers to a place outside this tree."""
    paths = [
        path
        for pattern in ("*.py", "*.html", "*.md", "*.toml", "*.yml", "*.yaml", "*.in", "*.mjs")
        for folder in (*PACKAGES, "templates", "tests", "docs", "script", "content")
        for path in (ROOT / folder).rglob(pattern)
    ]
    assert len(paths) > 200
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    assert not [path.name for path, text in texts.items() if re.search(rf"{re.escape(str(ROOT))}\b", text)]
    upward = {
        (path, found) for path, text in texts.items() for found in re.findall(r"(?<![\w./])(?:\.\./)+[\w./-]+", text)
    }
    assert not [f"{path.name}: {found}" for path, found in upward if not _stands_in_the_tree(path.parent / found)]


def _stands_in_the_tree(path: Path) -> bool:
    """It exists, and not outside this project."""
    return path.exists() and path.resolve().is_relative_to(ROOT)


def test_the_readme_is_no_manual() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_decisions_have_the_same_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert len(decisions) >= 7
    for path in decisions:
        headings = re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "What would change our mind"], path.name


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    links = [(path, link) for path in documents for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text())]
    local = [(path, link) for path, link in links if "://" not in link and not link.startswith("mailto:")]
    assert len(local) >= 10
    assert not [f"{path.name}: {link}" for path, link in local if not (path.parent / link).exists()]
