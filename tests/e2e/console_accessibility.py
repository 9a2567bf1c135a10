# SPDX-License-Identifier: Apache-2.0
"""Walks what a screen reader is told of a running console, window by window, and names every control without a name.

Called by console_accessibility.sh on a display and a bus of its own; xdotool presses the keys that lead from place to place.
"""
import subprocess
import sys

import pyatspi

from atspi_screen import WHOLE, application, keys, shows, wait_for, windows

CELLS = 40
PAGES = ["Jobs", "Failures", "Webhooks", "Queues", "Artifacts", "Presets", "Notifications", "Dashboard", "Journal"]
TABS = ["Overview", "Input", "Output", "Events", "Attempts", "Webhooks", "Artifacts", "Broker", "Raw"]
# containers that Qt reports as focusable where a window merely passes the focus on
PASSIVE = {pyatspi.ROLE_FRAME, pyatspi.ROLE_FILLER, pyatspi.ROLE_PANEL, pyatspi.ROLE_SCROLL_PANE, pyatspi.ROLE_VIEWPORT,
           pyatspi.ROLE_SPLIT_PANE, pyatspi.ROLE_LAYERED_PANE}
CONTROLS = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON,
            pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_SLIDER, pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT,
            pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_LIST, pyatspi.ROLE_PAGE_TAB, pyatspi.ROLE_MENU,
            pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_DIALOG, pyatspi.ROLE_CHART}


def actions(node):
    try:
        return node.queryAction().nActions
    except NotImplementedError:
        return 0


def says_nothing(table):
    """Whether there are cells, and none of the first has words."""
    cells = [table[number] for number in range(min(CELLS, table.childCount))]
    return bool(cells) and not any(cell is not None and cell.name.strip() for cell in cells)


def unlabelled(node, role):
    """Qt tells the value of a box as its name: what the box is for comes from its description or the label that belongs to it."""
    if role != pyatspi.ROLE_COMBO_BOX or node.description.strip():
        return False
    return not any(each.getRelationType() == pyatspi.RELATION_LABELLED_BY for each in node.getRelationSet())


def unnamed(window):
    found = []
    seen = 0
    for node, role, state in shows(window):
        seen += 1
        try:
            reached = state.contains(pyatspi.STATE_FOCUSABLE) or actions(node) > 0
            if role not in CONTROLS and (not reached or role in PASSIVE):
                continue
            parent = node.parent
            about = f"{node.getRoleName()} '{node.name or node.description}'"
            about = f"{about} in {parent.getRoleName()} '{parent.name}'" if parent else about
            if not node.name.strip():
                found.append(about)
            elif unlabelled(node, role):
                found.append(f"{about}: no label")
            elif role in WHOLE and not node.description.strip() and says_nothing(node):
                found.append(f"{about}: cells without words")
        except Exception:  # it went away while it was looked at
            continue
    return seen, found


def settled():
    """Two looks in a row that see the same number of things."""
    former = -1
    for _ in range(20):
        now = sum(1 for window in windows() for _ in shows(window))
        if now == former:
            return
        former = now


def main():
    wait_for("the console on the bus", application)
    main_window = wait_for("its window", windows)[0]
    wait_for("the rows", lambda: any(role in WHOLE and node.name == "Jobs" for node, role, _ in shows(main_window)) or None)
    places = 0
    problems = []

    def look(place, window):
        nonlocal places
        seen, found = unnamed(window)
        places += 1
        print(f"{place}: {seen} things, {len(found)} without a name", flush=True)
        if seen < 4:    # a window, a list or table in it, a button and what they stand in
            problems.append(f"{place}: next to nothing is told of it")
        for each in found:
            print(f"    {each}")
        problems.extend(f"{place}: {each}" for each in found)

    for number, page in enumerate(PAGES, 1):
        keys(f"ctrl+{number}")
        settled()
        look(page, main_window)
    keys("ctrl+1")
    keys("F6")
    keys("ctrl+Down")
    for number, tab in enumerate(TABS, 1):
        keys(f"alt+{number}")
        settled()
        look(f"Inspector, {tab}", main_window)
    for place, pressed in [("Connections", "ctrl+shift+o"), ("Preferences", "ctrl+comma"), ("Palette", "ctrl+k"),
                           ("Shortcuts", "ctrl+question"), ("Log", "ctrl+shift+l")]:
        count = len(windows())
        things = sum(1 for _ in shows(main_window))
        keys(pressed)
        opened = wait_for(place, lambda: windows()[-1] if len(windows()) > count
                          else (main_window if sum(1 for _ in shows(main_window)) > things else None))
        settled()
        look(place, opened)
        if place != "Log":    # it is last, and stays
            subprocess.run(["xdotool", "key", "Escape"], check=True)
            wait_for(f"the end of {place}", lambda: len(windows()) <= count or None)
    for problem in sorted(set(problems)):
        print(problem, file=sys.stderr)
    print(f"{places} places walked")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
