from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_two_words_are_all_it_takes_and_anything_else_shows_them(root):
    done = subprocess.run(
        [sys.executable, root / "start.py"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "start.py lab" in done.stdout
    assert "start.py test" in done.stdout


def test_the_check_of_pythons_version_can_itself_be_read_by_python_3_6(root):
    source = (root / "start.py").read_text(encoding="utf-8")
    compile(source, "start.py", "exec", dont_inherit=True)
    assert "import annotations" not in source
    assert ":=" not in source
    assert "match " not in source


def test_an_old_python_is_told_what_it_needs_in_both_languages(start, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        start.refuse_old_python()
    assert stopped.value.code == 2
    said = capsys.readouterr().out
    assert "3.9.2" in said
    assert "需要 3.11 或更高版本" in said


def test_an_edit_asks_for_a_new_installation_and_a_build_product_does_not(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    (tmp_path / "poc_eval").mkdir()
    (tmp_path / "extension" / "node_modules").mkdir(parents=True)
    source = tmp_path / "poc_eval" / "a.py"
    source.write_text("1", encoding="utf-8")
    before = start.fingerprint(Path(sys.executable))
    (tmp_path / "extension" / "node_modules" / "x.js").write_text("x", encoding="utf-8")
    assert start.fingerprint(Path(sys.executable)) == before
    source.write_text("2", encoding="utf-8")
    assert start.fingerprint(Path(sys.executable)) != before
    source.write_text("1", encoding="utf-8")
    assert start.fingerprint(Path(sys.executable)) == before
    lock = tmp_path / "extension" / "package-lock.json"
    lock.write_text("{}", encoding="utf-8")
    assert start.fingerprint(Path(sys.executable)) != before


def test_what_was_installed_for_the_tests_serves_the_lab_but_not_the_other_way_round(
    start, monkeypatch, tmp_path
):
    monkeypatch.setattr(start, "STAMP", tmp_path / "stamp.json")
    assert not start.installed("abc", "")
    start.STAMP.write_text('{"content": "abc", "extra": ""}', encoding="utf-8")
    assert start.installed("abc", "")
    assert not start.installed("abc", "test")
    start.STAMP.write_text('{"content": "abc", "extra": "test"}', encoding="utf-8")
    assert start.installed("abc", "")
    assert not start.installed("abd", "test")
    start.STAMP.write_text("half writ", encoding="utf-8")
    assert not start.installed("abc", "")


def test_a_chromium_named_by_hand_that_does_not_start_is_a_failure_and_not_a_skip(start, monkeypatch, capsys):
    monkeypatch.setenv("POC_EVAL_CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(start, "starts", lambda _python, _chromium: False)
    with pytest.raises(SystemExit) as stopped:
        start.find_chromium(Path(sys.executable))
    assert stopped.value.code == 2
    assert "/nowhere/chromium" in capsys.readouterr().out


def test_without_any_browser_it_says_what_to_install_and_stops(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "find_chromium", lambda _python: "")
    monkeypatch.setattr(start, "is_root_with_apt", lambda: False)
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(SystemExit) as stopped:
        start.get_chromium(Path(sys.executable))
    assert stopped.value.code == 2
    said = capsys.readouterr().out
    assert "sudo apt install chromium" in said
    assert "未能取得浏览器" in said


def test_without_libreoffice_it_says_what_to_install_and_stops(start, monkeypatch, capsys):
    monkeypatch.setattr(start.shutil, "which", lambda _name: None)
    monkeypatch.setattr(start, "is_root_with_apt", lambda: False)
    assert start.find_libreoffice() == ""
    with pytest.raises(SystemExit) as stopped:
        start.get_libreoffice()
    assert stopped.value.code == 2
    said = capsys.readouterr().out
    assert "sudo apt install libreoffice-calc-nogui" in said
    assert "无法独立复算工作簿" in said


def test_libreoffice_is_installed_where_that_needs_no_asking(start, monkeypatch):
    asked = []
    monkeypatch.setattr(start, "find_libreoffice", lambda: "/usr/bin/soffice" if asked else "")
    monkeypatch.setattr(start, "is_root_with_apt", lambda: True)
    monkeypatch.setattr(start, "apt_install", lambda package: asked.append(package) or True)
    start.get_libreoffice()
    assert asked == ["libreoffice-calc-nogui", "libreoffice-writer-nogui"]


def test_pip_without_a_network_is_explained(start, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    closed = "http://127.0.0.1:9/simple"
    arguments = [
        "install",
        "--isolated",
        "--index-url",
        closed,
        "--target",
        str(tmp_path),
        "no-such-thing-here",
    ]
    assert not start.run_pip(Path(sys.executable), arguments)
    said = capsys.readouterr().out
    assert "Check the network" in said
    assert "请检查网络" in said


def test_a_system_without_venv_is_told_which_package_to_install(start, monkeypatch, capsys):
    def without_ensurepip(command, **_):
        return subprocess.CompletedProcess(command, 1, stdout="ensurepip is not available\n", stderr="")

    monkeypatch.setattr(start.subprocess, "run", without_ensurepip)
    with pytest.raises(SystemExit) as stopped:
        start.make_environment()
    assert stopped.value.code == 2
    said = capsys.readouterr().out
    assert "ensurepip is not available" in said
    assert f"sudo apt install python3.{sys.version_info.minor}-venv" in said
    assert "未能建立运行环境" in said


@pytest.mark.parametrize(
    ("asked", "handed_on"),
    [
        ([], ["DEMO", "--demo"]),
        (["--no-browser"], ["DEMO", "--demo", "--no-browser"]),
        (["work", "--lang", "en"], ["--demo", "work", "--lang", "en"]),
    ],
)
def test_lab_opens_the_demo_workspace_and_hands_on_what_it_was_asked(start, monkeypatch, asked, handed_on):
    calls = []

    class Lab:
        def __init__(self, command):
            calls.append(command)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def wait(self):
            return 0

    monkeypatch.setattr(start, "make_environment", lambda: Path("python"))
    monkeypatch.setattr(start, "install", lambda _python, extra: calls.append(extra))
    monkeypatch.setattr(start.subprocess, "Popen", Lab)
    assert start.lab(asked) == 0
    demo = str(start.ROOT / "demo")
    wanted = [demo if word == "DEMO" else word for word in handed_on]
    assert calls == ["", [Path("python"), "-P", "-m", "poc_eval", "lab", *wanted]]


def test_the_suite_runs_on_what_was_installed_with_the_browser_that_was_found(start, monkeypatch):
    ran = {}
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    monkeypatch.setattr(start, "make_environment", lambda: Path("python"))
    monkeypatch.setattr(start, "install", lambda _python, extra: ran.update(extra=extra))
    monkeypatch.setattr(start, "get_chromium", lambda _python: "/usr/bin/chromium")
    monkeypatch.setattr(start, "get_libreoffice", lambda: None)
    monkeypatch.setattr(start, "get_chinese_font", lambda: None)

    def run(command, **how):
        ran.update(command=command, **how)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(start.subprocess, "run", run)
    assert start.test([]) == 3
    assert ran["extra"] == "test"
    assert ran["command"][:4] == [Path("python"), "-P", "-m", "pytest"]
    assert ran["env"]["POC_EVAL_CHROMIUM"] == "/usr/bin/chromium"
    assert ran["env"]["POC_EVAL_TEST_INSTALLED"] == "1"
    assert "PYTHONPATH" not in ran["env"]


@pytest.mark.parametrize(
    ("asked", "failing", "runs"),
    [
        ([], 0, [("python", "no"), ("with-numba", "yes")]),
        ([], 1, [("python", "no")]),
        (["tests/test_money.py"], 0, [("python", "no")]),
    ],
)
def test_what_numba_compiles_is_tested_in_an_environment_that_has_it(
    start, monkeypatch, asked, failing, runs
):
    ran = []

    def run(command, *, env, **_):
        ran.append((command[0].name, env["POC_EVAL_TEST_NUMBA"]))
        return subprocess.CompletedProcess(command, failing)

    for name in ("install", "get_libreoffice", "get_chinese_font"):
        monkeypatch.setattr(start, name, lambda *_: None)
    monkeypatch.setattr(start, "make_environment", lambda: Path("python"))
    monkeypatch.setattr(start, "get_chromium", lambda _python: "/usr/bin/chromium")
    monkeypatch.setattr(start, "make_numba_environment", lambda python: python.with_name("with-numba"))
    monkeypatch.setattr(start.subprocess, "run", run)
    assert start.test(asked) == failing
    assert ran == runs
