# SPDX-License-Identifier: Apache-2.0
"""One person's day in the real console: finds, reads, watches, and keeps their place while a thousand changes a second come in.

Called by console_window.sh: console_window.py SIGNALBOXCTL CHANGE_WRITER FOLDER, the store in SIGNALBOX_STORE.
"""
import json
import os
import subprocess
import sys
import time

import pyatspi

from atspi_screen import application, keys, shows, typed, wait_for, windows

CTL, WRITER, FOLDER = sys.argv[1:4]
CHANGES, PER_SECOND = 10_000, 1000
window = None


def ctl(*words):
    return json.loads(subprocess.run([CTL, *words, "--json"], stdout=subprocess.PIPE, check=True, text=True).stdout)


def listed(text):
    """The jobs that a filter takes, from the command line: what the window has to agree with."""
    answer = ctl("jobs", text)
    return answer if isinstance(answer, list) else [answer] if "id" in answer else answer["jobs"]


def nodes(*roles):
    return [node for node, role, _ in shows(window) if not roles or role in roles]


def named(name, *roles):
    return next((node for node in nodes(*roles) if node.name == name), None)


def says(part):
    """Whether something on the screen has these words, as its name or what is said about it."""
    return any(part in node.name or part in node.description for node in nodes())


def cells(name):
    """The rows of a table on the screen."""
    table = named(name, pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE)
    if table is None:
        return []
    try:
        grid = table.queryTable()
        return [[grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)] for row in range(min(grid.nRows, 30))]
    except Exception:  # rows went while they were read
        return []


def jobs():
    return cells("Jobs")


def filtered(text):
    keys("ctrl+f")
    keys("BackSpace")    # the part that is there becomes text again
    keys("ctrl+a")
    typed(text)
    keys("Return")


def clipboard():
    answer = subprocess.run(["timeout", "2", "xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=False)
    return answer.stdout.decode("utf-8", "replace")


def copied(what, wanted, *pressed):
    """Presses until the clipboard has it: whoever had it before may still answer."""
    def pressed_and_there():
        keys(*pressed)
        return wanted(clipboard())
    wait_for(what, pressed_and_there)
    return clipboard()


def focus(name):
    """By the keyboard, as a person gets there: a screen reader's own way to focus is not open for tables and panes of their own drawing."""
    for _ in range(60):
        node = named(name)
        if node is not None and node.getState().contains(pyatspi.STATE_FOCUSED):
            return
        keys("Tab")
    sys.exit(f"Tab does not lead to: {name}")


def press(node):
    node.queryAction().doAction(0)


def tab():
    """The inspector's current tab: the list of tabs is named after it."""
    bar = next(iter(nodes(pyatspi.ROLE_PAGE_TAB_LIST)), None)
    return bar.name.split("\t")[0] if bar else None


def to_tab(number, name):
    keys(f"alt+{number}")
    wait_for(f"the tab {name}", lambda: tab() == name)


def done(what):
    print(what, flush=True)


def find_the_failed_job():
    failed = listed("status:failed")
    assert len(failed) == 1, failed
    filtered("status:failed")
    row = wait_for("one row, failed", lambda: len(jobs()) == 1 and jobs()[0])
    assert row[0] == "FAILED" and failed[0]["id"] in row, row
    keys("ctrl+Down")
    wait_for("its id in the inspector", lambda: named("Inspector") and says(failed[0]["id"]))
    keys("Escape")    # from the filter to the list
    copied("its id on the clipboard", lambda text: text.strip() == failed[0]["id"], "ctrl+c")
    done("A failed job is found by a filter and its id copied")
    return failed[0]["id"]


def read_error_and_log():
    to_tab(1, "Overview")
    wait_for("the error", lambda: says("The file could not be examined") and says("not_media"))
    wait_for("the log's own words for it", lambda: says("moov atom not found"))
    to_tab(5, "Attempts")
    wait_for("the log", lambda: named("Log of the attempt"))
    focus("Log of the attempt")
    keys("ctrl+f")
    typed("MOOV")
    wait_for("the hit", lambda: "moov atom not found" in named("Log of the attempt").description)
    focus("Log of the attempt")
    copied("the line of the log", lambda text: "moov atom not found" in text and text.count("\n") == 1, "ctrl+c")
    done("Its error and its log are read")


def read_input(job):
    stored = ctl("show", job)["input_data"]
    key = stored["file_path"] if isinstance(stored, dict) else json.loads(stored)["file_path"]
    to_tab(2, "Input")
    wait_for("the field, typed", lambda: named(f"File: {key}"))
    press(named("Tree", pyatspi.ROLE_CHECK_BOX))
    wait_for("the tree", lambda: ["file_path", f'"{key}"', "string"] in cells("Tree of the payload"))
    press(named("Raw", pyatspi.ROLE_CHECK_BOX))
    wait_for("the stored bytes", lambda: named("Stored bytes"))
    focus("Stored bytes")
    keys("ctrl+a")
    text = copied("the stored bytes", lambda text: text.startswith("{"), "ctrl+c")
    assert json.loads(text)["file_path"] == key, text
    press(named("Typed", pyatspi.ROLE_CHECK_BOX))
    done("Its input is seen typed, as a tree, and raw")


def open_artifacts():
    extracted = listed("type:frame-extract status:done")
    assert len(extracted) == 1, extracted
    filtered("type:frame-extract")
    wait_for("the job that made frames", lambda: len(jobs()) == 1 and jobs()[0][0] == "DONE")
    keys("ctrl+Down")
    wait_for("its id", lambda: says(extracted[0]["id"]))
    to_tab(7, "Artifacts")
    made = len(ctl("artifacts", extracted[0]["id"]))
    assert made > 0
    wait_for("its artifacts", lambda: len(cells("Artifacts")) == made and cells("Artifacts")[0][0] == "frames")
    wait_for("a picture of one", lambda: named("Picture of the artifact"))
    done(f"{made} artifacts are listed and the first is looked at")


def watch_a_running_job():
    worker = subprocess.Popen([CTL, "work"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        subprocess.run([CTL, "submit", "media-convert", f"{FOLDER}/long.mp4", "--set", "container=webm"], stdout=subprocess.DEVNULL, check=True)
        filtered("type:media-convert")

        def progress():
            rows = jobs()
            if len(rows) != 1 or rows[0][0] != "RUNNING":
                return None
            words = rows[0][2].rstrip("%")
            return int(words) if words.isdigit() else None
        first = wait_for("a running job", lambda: (progress() or 0) > 0 and progress())
        # nobody presses a key from here on
        then = wait_for("its progress", lambda: (progress() or 0) > first and progress())
        done(f"A running job moves by itself, {first}% to {then}%")
        keys("ctrl+Down")
        keys("Escape")    # from the filter to the list: in the filter Delete is a person's own
        keys("Delete")    # enough of it; and a dialog is one of the things that a person meets
        wait_for("the question", lambda: len(windows()) > 1)
        keys("Escape")
        wait_for("its end", lambda: len(windows()) == 1)
    finally:
        worker.terminate()
        worker.wait()


def chosen_place():
    """Where on the screen the chosen row stands, once the list had to be scrolled for it."""
    table = named("Jobs", pyatspi.ROLE_TABLE).queryTable()
    chosen = list(table.getSelectedRows())
    if len(chosen) != 1 or chosen[0] < 35:
        return None
    box = table.getAccessibleAt(chosen[0], 0).queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return box.x, box.y


def survive_a_thousand_changes_a_second():
    writer = subprocess.Popen([WRITER, os.environ["SIGNALBOX_STORE"], f"{FOLDER}/storage", f"{FOLDER}/clip.mp4", str(CHANGES), str(PER_SECOND)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout.readline().strip() == "ready"
    keys("ctrl+f")
    keys("BackSpace")
    keys("ctrl+a")
    keys("BackSpace")
    keys("Return")
    wait_for("all jobs", lambda: len(jobs()) >= 30)
    for _ in range(40):    # to one beyond the first screenful
        keys("ctrl+Down")
    to_tab(4, "Events")
    focus("Jobs")
    chosen = copied("the chosen job's id", lambda text: len(text.strip()) == 36, "ctrl+c")
    wait_for("the chosen job in the inspector", lambda: says(chosen.strip()))
    before = wait_for("a chosen row beyond the first screenful", chosen_place)
    writer.stdin.write("go\n")
    writer.stdin.flush()
    wait_for("the bar that counts what is new", lambda: named("Show the new jobs"))
    slowest = 0.0
    looks = 0
    while writer.poll() is None:
        begun = time.monotonic()
        assert tab() == "Events", tab()
        assert chosen_place() == before, (chosen_place(), before)
        assert says(chosen.strip())
        looks += 1
        slowest = max(slowest, time.monotonic() - begun)
    rate = int(writer.stdout.read())    # a busy machine writes fewer: it is told, not judged
    assert writer.returncode == 0
    focus("Jobs")
    copied("the same id", lambda text: text == chosen, "ctrl+c")
    keys("F5")    # now the person wants to see what came
    wait_for("the bar to go", lambda: named("Show the new jobs") is None)
    wait_for("what the store has", lambda: listed("type:media-probe")[0]["id"] in jobs()[0])
    done(f"{CHANGES} changes, {rate} a second, were survived with selection, scroll and tab kept: "
         f"{looks} looks meanwhile, the slowest {slowest:.1f} s")


def main():
    global window
    wait_for("the console on the bus", application)
    window = wait_for("its window", windows)[0]
    wait_for("the rows", lambda: len(jobs()) == 2)
    failed = find_the_failed_job()
    read_error_and_log()
    read_input(failed)
    open_artifacts()
    watch_a_running_job()
    survive_a_thousand_changes_a_second()
    return 0


if __name__ == "__main__":
    sys.exit(main())
