import json
import os
import signal
import socket

import pytest

from poc_eval.errors import WorkspaceError
from poc_eval.lab import launch
from poc_eval.lab.launch import run_lab

pytestmark = pytest.mark.slow


def test_one_line_says_in_both_languages_where_the_workspace_is_open(lab):
    assert lab.line.startswith(
        "工作区已打开，按 Ctrl-C 停止： / The workspace is open; Ctrl-C stops it: http://127.0.0.1:"
    )
    assert len(lab.token) >= 32


def test_a_second_start_on_the_same_workspace_says_that_it_is_open(lab, home, start_lab):
    again = start_lab(home.path)
    assert again.line.startswith("该工作区已经打开： / This workspace is open already: ")
    assert (again.address, again.token) == (lab.address, lab.token)
    assert again.process.wait(60) == 0


def test_a_port_that_is_taken_is_passed_over(tmp_path, start_lab):
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # somebody else has taken it, which is as good
        other = start_lab(tmp_path)
        assert other.address != "http://127.0.0.1:8888"
        assert other.stop() == 0


def test_the_next_start_has_the_same_address_so_that_the_browser_finds_what_it_kept(tmp_path, start_lab):
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # somebody else has taken it, which is as good
        first = start_lab(tmp_path)
        assert first.stop() == 0
    second = start_lab(tmp_path)
    assert second.address == first.address
    assert second.token != first.token
    assert second.stop() == 0


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_it_stops_quietly_with_its_server(tmp_path, start_lab, how):
    running = start_lab(tmp_path)
    running.process.send_signal(getattr(signal, how))
    said, complained = running.process.communicate(timeout=60)
    assert (running.process.returncode, said, complained) == (0, "", "")
    with pytest.raises(ConnectionRefusedError):
        running.ask("GET", "/api")


def test_a_persons_own_settings_are_neither_read_nor_touched(tmp_path, start_lab):
    own = tmp_path / "own"
    own.mkdir()
    (own / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"base_url": "/somewhere-else/"}}', "utf-8"
    )
    folder = tmp_path / "workspace"
    folder.mkdir()
    running = start_lab(folder, JUPYTER_CONFIG_DIR=str(own))
    assert "somewhere-else" not in running.address
    assert running.stop() == 0
    assert [path.name for path in own.iterdir()] == ["jupyter_server_config.json"]


def test_a_server_that_cannot_start_is_told_with_its_last_words(tmp_path, monkeypatch):
    monkeypatch.setattr(
        launch.settings,
        "environment",
        lambda _home, _token: {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "no")},
    )
    monkeypatch.setattr(
        launch.settings, "server_config", lambda *_args, **_more: {"ServerApp": {"ip": "999.1.1.1"}}
    )
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / ".poc-eval/lab/config"))
    with pytest.raises(WorkspaceError) as told:
        run_lab(tmp_path, browser=False, say=print)
    assert "JupyterLab 没有启动成功" in told.value.lines("zh")[0]
    assert "server.log" in told.value.lines("zh")[0]


def test_a_folder_that_cannot_be_written_is_told_before_anything_starts(tmp_path):
    (tmp_path / ".poc-eval").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(WorkspaceError) as told:
        run_lab(tmp_path, browser=False, say=print)
    assert "无法写入 JupyterLab 的设置" in told.value.lines("zh")[0]


def test_lab_is_in_chinese_asks_nobody_for_news_and_lets_nobody_install(lab):
    page = lab.ask("GET", "/lab").body.decode()
    start = page.index(">", page.index('id="jupyter-config-data"')) + 1
    config = json.loads(page[start : page.index("</script>", start)])
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["can_install"] is False
    assert config["terminalsAvailable"] is False
    settings = lab.ask("GET", "/lab/api/settings/@jupyterlab/translation-extension:plugin").json
    assert settings["schema"]["properties"]["locale"]["default"] == "zh_CN"
