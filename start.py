#!/usr/bin/env python3
"""Set everything up and start: ``python3 start.py lab`` or ``python3 start.py test``.

Needs Python 3.11 and, once, a network. Everything is kept in ``.venv`` beside this file; nothing else on the
machine is touched, save that ``test`` fetches a browser and LibreOffice where there are none.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

FLOOR = (3, 11)
OFFICE = ("libreoffice-calc-nogui", "libreoffice-writer-nogui")
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "poc-eval-installed.json"
WITH_NUMBA = VENV / "with-numba"
NUMBA_TESTS = "tests/finance"
SOURCES = ("pyproject.toml", "LICENSE", "README.md", "poc_eval", "extension", "templates", "examples")
BUILT = {"node_modules", "lib", "labextension", "__pycache__", ".ipynb_checkpoints", "tsconfig.tsbuildinfo"}
NETWORK_SIGNS = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "NameResolutionError",
    "ProxyError",
    "SSLError",
    "Could not fetch URL",
    "No matching distribution found",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "EAI_AGAIN",
)
USAGE = """\
python3 start.py lab  [DIR] [--no-browser]   JupyterLab on the demo workspace / 在示例工作区打开 JupyterLab
python3 start.py test [pytest arguments]     the whole test suite / 运行全部测试"""
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
MAC_CHROMIUMS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_CHROMIUMS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
LINUX_CHROMIUMS = ("/snap/bin/chromium", "/opt/google/chrome/chrome", "/usr/lib/chromium/chromium")
OWN_CHROMIUM = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""
TRY_CHROMIUM = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path=sys.argv[1])
    page = browser.new_page()
    page.set_content("<p>1</p>")
    assert page.inner_text("p") == "1"
    print(browser.version)
    browser.close()
"""


def show(text: str) -> None:
    """Print whatever this terminal's encoding can hold."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def say(english: str, chinese: str) -> None:
    """Tell the person at the terminal, in both languages."""
    show(f"==> {english}\n==> {chinese}")


def fail(english: str, chinese: str) -> NoReturn:
    """Say what is wrong and what to do, and stop."""
    say(english, chinese)
    sys.exit(2)


def refuse_old_python() -> None:
    """Stop where this Python is too old; name a newer one if there is one."""
    if sys.version_info >= FLOOR:
        return
    have = ".".join(str(part) for part in sys.version_info[:3])
    found = [name for name in (f"python3.{minor}" for minor in range(20, 10, -1)) if shutil.which(name)]
    command = f"{found[0]} start.py {' '.join(sys.argv[1:])}" if found else ""
    fail(
        f"This is Python {have}; 3.11 or newer is needed. "
        + (f"This machine has one: {command}" if found else "Install it from your system or python.org."),
        f"当前 Python 为 {have}，需要 3.11 或更高版本。"
        + (f"本机已有，请运行：{command}" if found else "请从系统软件源或 python.org 安装。"),
    )


def venv_python(folder: "Path | None" = None) -> Path:
    """Return the interpreter inside ``.venv``, or inside another environment."""
    return (folder or VENV) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Tell whether the environment's interpreter starts, is new enough and has pip."""
    if not python.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {FLOOR})"
    return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0


def make_environment() -> Path:
    """Make ``.venv`` if it is not there or no longer starts; return its interpreter."""
    python = venv_python()
    if works(python):
        return python
    say("Making the environment .venv", "正在建立运行环境 .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode == 0 and works(python):
        return python
    show(made.stdout + made.stderr)
    package = f"python3.{sys.version_info.minor}-venv"
    fail(
        "The environment could not be made; what Python said stands above. Where venv or ensurepip is "
        f"missing: on Debian and Ubuntu `sudo apt install {package}`, elsewhere install Python from "
        "python.org. Then run this again.",
        "未能建立运行环境，原因见上。若提示缺少 venv 或 ensurepip："
        f"Debian、Ubuntu 请执行 `sudo apt install {package}`，其他系统请从 python.org 安装 Python，"
        "然后重新运行本命令。",
    )


def source_files() -> "list[Path]":
    """Return every file that the installed package is made of, in a fixed order."""
    found = []
    for name in SOURCES:
        for folder, inner, files in os.walk(ROOT / name):
            inner[:] = sorted(set(inner) - BUILT)
            found += [Path(folder) / file for file in sorted(set(files) - BUILT)]
        if (ROOT / name).is_file():
            found.append(ROOT / name)
    return found


def fingerprint(python: Path) -> str:
    """Return a hash over the contents of all sources, the front end's lock file and the interpreter."""
    digest = hashlib.sha256(str(python.resolve()).encode())
    for file in source_files():
        content = file.read_bytes()
        digest.update(f"\n{file.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def installed(content: str, extra: str) -> bool:
    """Tell whether exactly these sources, with at least this extra, are what ``.venv`` holds."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp.get("content") == content and (not extra or stamp.get("extra") == extra)


def install(python: Path, extra: str) -> None:
    """Build this folder into a wheel and install it with what it needs, unless just that was done before."""
    content = fingerprint(python)
    if installed(content, extra):
        return
    STAMP.unlink(missing_ok=True)
    say("Installing; the first time takes some minutes", "正在安装，首次安装需要几分钟")
    what = f".[{extra}]" if extra else "."
    if not run_pip(python, ["install", what]):
        sys.exit(2)
    STAMP.write_text(json.dumps({"content": content, "extra": extra}), encoding="utf-8")


def run_pip(python: Path, arguments: "list[str]") -> bool:
    """Run pip, pass on what it says, and explain a failure."""
    command = [python, "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments]
    settings = {**os.environ, "PYTHONIOENCODING": "utf-8", "PIP_PROGRESS_BAR": "off"}
    trouble = False
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as pip:
        for raw in pip.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            trouble = trouble or any(sign in line for sign in NETWORK_SIGNS)
            if "already satisfied" not in line:
                show(f"    {line}")
    if pip.returncode == 0:
        return True
    if trouble:
        say(
            "Installing failed: a package could not be fetched. Check the network; behind a proxy set "
            "HTTPS_PROXY; for a mirror set PIP_INDEX_URL and npm_config_registry. Then run this again.",
            "安装未完成：有软件包未能下载。请检查网络；使用代理请设置 HTTPS_PROXY；"
            "使用镜像请设置 PIP_INDEX_URL 和 npm_config_registry，然后重新运行本命令。",
        )
    else:
        say("Installing failed; what pip said stands above.", "安装未完成，原因见上方 pip 的输出。")
    return False


def chromium_candidates(python: Path) -> "list[str]":
    """Return where a Chromium may be: PATH, the system's usual places, Playwright's own."""
    found = [shutil.which(name) for name in CHROMIUM_NAMES]
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        found += [folder / app for folder in folders for app in MAC_CHROMIUMS]
    elif os.name == "nt":
        folders = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
        found += [Path(folder) / app for folder in folders if folder for app in WINDOWS_CHROMIUMS]
    else:
        found += LINUX_CHROMIUMS
    own = subprocess.run([python, "-c", OWN_CHROMIUM], capture_output=True, text=True, check=False)
    found.append(own.stdout.strip())
    return list(dict.fromkeys(str(path) for path in found if path and Path(path).is_file()))


def starts(python: Path, chromium: str) -> bool:
    """Tell whether this Chromium can be driven: opens a page and shows text."""
    command = [python, "-c", TRY_CHROMIUM, chromium]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        say(f"Browser: {chromium} ({tried.stdout.strip()})", f"浏览器：{chromium}（{tried.stdout.strip()}）")
    return tried.returncode == 0


def find_chromium(python: Path) -> str:
    """Return a Chromium that starts, an empty text where there is none; POC_EVAL_CHROMIUM decides if set."""
    chosen = os.environ.get("POC_EVAL_CHROMIUM")
    candidates = [chosen] if chosen else chromium_candidates(python)
    for candidate in candidates:
        if starts(python, candidate):
            return candidate
    if chosen:
        fail(
            f"POC_EVAL_CHROMIUM names {chosen}, which cannot be started. Correct it or unset it.",
            f"POC_EVAL_CHROMIUM 所指的 {chosen} 无法启动，请更正或取消该设置。",
        )
    return ""


def is_root_with_apt() -> bool:
    """Tell whether system packages can be installed without asking anyone."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(package: str) -> bool:
    """Install one Debian package; tell whether that worked."""
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=settings, check=False)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    return subprocess.run(command, env=settings, check=False).returncode == 0


def get_chromium(python: Path) -> str:
    """Return a Chromium, fetched where there is none; stop with what to install where that fails."""
    found = find_chromium(python)
    if found:
        return found
    say("No Chromium here; fetching one", "本机没有 Chromium，正在下载")
    command = [python, "-m", "playwright", "install", "chromium"]
    if is_root_with_apt():
        command.insert(4, "--with-deps")
    subprocess.run(command, check=False)
    found = find_chromium(python)
    if not found and is_root_with_apt() and apt_install("chromium"):
        found = find_chromium(python)
    if not found:
        fail(
            "No browser could be had, so the browser tests cannot run. Install Chromium, Chrome or Edge "
            "(Debian: `sudo apt install chromium`), or set POC_EVAL_CHROMIUM to one, then run this again.",
            "未能取得浏览器，浏览器测试无法运行。请安装 Chromium、Chrome 或 Edge"
            "（Debian：`sudo apt install chromium`），或用 POC_EVAL_CHROMIUM 指定其位置，再重新运行。",
        )
    return found


def find_libreoffice() -> str:
    """Return LibreOffice's program; empty where there is none."""
    usual = ["/Applications/LibreOffice.app/Contents/MacOS/soffice"]
    homes = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)") if os.environ.get(name)]
    usual += [str(Path(home) / "LibreOffice" / "program" / "soffice.exe") for home in homes]
    found = (shutil.which(name) for name in ("soffice", "libreoffice", *usual))
    return next((program for program in found if program), "")


def get_libreoffice() -> None:
    """See to it that workbooks can be recomputed; stop with what to install where that fails."""
    if find_libreoffice() or (is_root_with_apt() and all(map(apt_install, OFFICE)) and find_libreoffice()):
        return
    fail(
        "LibreOffice is missing, so the workbooks cannot be recomputed independently. Install it "
        f"(Debian: `sudo apt install {' '.join(OFFICE)}`, else libreoffice.org), then run this again.",
        "本机没有 LibreOffice，无法独立复算工作簿。请安装后重新运行"
        f"（Debian：`sudo apt install {' '.join(OFFICE)}`，其他系统见 libreoffice.org）。",
    )


def get_chinese_font() -> None:
    """See to it that screenshots show Chinese; only Linux comes without such a font."""
    if not shutil.which("fc-list"):
        return
    listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=False)
    if listed.stdout.strip() or (is_root_with_apt() and apt_install("fonts-noto-cjk")):
        return
    say(
        "No Chinese font is installed: screenshots will show empty boxes. "
        "Debian: `sudo apt install fonts-noto-cjk`.",
        "本机没有中文字体，截图中的汉字将显示为方框。Debian：`sudo apt install fonts-noto-cjk`。",
    )


def make_numba_environment(python: Path) -> Path:
    """Return the interpreter of a second environment: Numba, and by a path file all that ``.venv`` has."""
    other = venv_python(WITH_NUMBA)
    probe = "import numba, poc_eval"
    if (
        works(other)
        and subprocess.run([other, "-c", probe], capture_output=True, check=False).returncode == 0
    ):
        return other
    say("Making a second environment, with Numba", "正在建立带 Numba 的第二个运行环境")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    subprocess.run([python, "-m", "venv", "--clear", WITH_NUMBA], check=True)
    lent, own = (subprocess.check_output([one, "-c", where], text=True).strip() for one in (python, other))
    (Path(own) / "poc-eval-lent.pth").write_text(lent + "\n", encoding="utf-8")
    if run_pip(other, ["install", "numba"]):
        return other
    fail(
        "Numba could not be installed; the tests without it ran.", "未能安装 Numba；不含 Numba 的测试已运行。"
    )


def lab(arguments: "list[str]") -> int:
    """Install, fill the demo workspace if it is not there, and open JupyterLab on it."""
    python = make_environment()
    install(python, "")
    folder = [] if arguments and not arguments[0].startswith("-") else [str(ROOT / "demo")]
    command = [python, "-P", "-m", "poc_eval", "lab", *folder, "--demo", *arguments]
    with subprocess.Popen(command) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue  # JupyterLab got it too and asks before it stops


def test(arguments: "list[str]") -> int:
    """Install with the test tools, see to a browser, and run the suite against what was installed.

    Everything runs without Numba, then, unless some tests were named, what it compiles runs with it.
    """
    python = make_environment()
    install(python, "test")
    settings = {**os.environ, "POC_EVAL_CHROMIUM": get_chromium(python), "POC_EVAL_TEST_INSTALLED": "1"}
    settings["POC_EVAL_TEST_NUMBA"] = "no"
    settings.pop("PYTHONPATH", None)
    get_libreoffice()
    get_chinese_font()
    workers = ["-n", str(min((os.cpu_count() or 1) + 1, 4))]  # half of a browser test's time is waiting
    command = [python, "-P", "-m", "pytest", *(arguments or workers)]
    code = subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode
    if code or arguments:
        return code
    settings["POC_EVAL_TEST_NUMBA"] = "yes"
    command = [make_numba_environment(python), "-P", "-m", "pytest", NUMBA_TESTS, *workers]
    return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode


def main() -> int:
    """Do what the first argument says."""
    refuse_old_python()
    actions = {"lab": lab, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in actions:  # noqa: PLR2004 the first argument
        asked_for_help = {"-h", "--help"} & set(sys.argv[1:2])
        show(USAGE)
        return 0 if asked_for_help else 2
    return actions[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
